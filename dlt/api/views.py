"""The registries over HTTP: list, look up, submit, decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from accounts.models import Role
from core.errors import NotFound
from dlt import services
from dlt.api import shapes
from dlt.models import ContentTemplate
from dlt.queries import find_entities, find_headers, find_template, find_templates
from dlt.reviews import findings_of

PAGE = 200
M = TypeVar("M", bound=Model)
Shape = dict[str, Any]


def _wanted(serializer: type[serializers.Serializer[Any]], data: Any) -> Shape:
    given = serializer(data=data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _page(
    name: str, rows: QuerySet[M], cursor: int | None, shape: Callable[[M], Shape]
) -> Response:
    """Answer one page, newest first; ``next`` is the cursor of the page after it."""
    if cursor is not None:
        rows = rows.filter(pk__lt=cursor)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    more = str(found[PAGE - 1].pk) if len(found) > PAGE else None
    return Response({name: [shape(row) for row in found[:PAGE]], "next": more})


class Entities(AccountAPIView):
    @extend_schema(parameters=[shapes.EntityListInput], responses=dict[str, Any])
    def get(self, request: Request) -> Response:
        """List principal entities."""
        wanted = _wanted(shapes.EntityListInput, request.query_params)
        cursor = wanted.pop("cursor", None)
        rows = find_entities(self.account, **wanted)
        return _page("entities", rows, cursor, shapes.entity_shape)

    @extend_schema(request=shapes.EntityInput, responses={201: dict[str, Any]})
    def post(self, request: Request) -> Response:
        """Register an entity; it waits for an admin."""
        data = _wanted(shapes.EntityInput, request.data)
        row = services.register_entity(caller=self.caller, now=timezone.now(), **data)
        return Response(shapes.entity_shape(row), status.HTTP_201_CREATED)


class Headers(AccountAPIView):
    @extend_schema(parameters=[shapes.HeaderListInput], responses=dict[str, Any])
    def get(self, request: Request) -> Response:
        """List headers."""
        wanted = _wanted(shapes.HeaderListInput, request.query_params)
        cursor = wanted.pop("cursor", None)
        rows = find_headers(self.account, **wanted)
        return _page("headers", rows, cursor, shapes.header_shape)

    @extend_schema(request=shapes.HeaderInput, responses={201: dict[str, Any]})
    def post(self, request: Request) -> Response:
        """Submit a header; it waits for an admin."""
        data = _wanted(shapes.HeaderInput, request.data)
        pe_id = data.pop("entity")
        row = services.submit_header(caller=self.caller, pe_id=pe_id, now=timezone.now(), **data)
        return Response(shapes.header_shape(row), status.HTTP_201_CREATED)


class Templates(AccountAPIView):
    @extend_schema(parameters=[shapes.TemplateListInput], responses=dict[str, Any])
    def get(self, request: Request) -> Response:
        """List content templates."""
        wanted = _wanted(shapes.TemplateListInput, request.query_params)
        cursor = wanted.pop("cursor", None)
        rows = find_templates(self.account, **wanted)
        return _page("templates", rows, cursor, shapes.template_shape)

    @extend_schema(request=shapes.TemplateInput, responses={201: dict[str, Any]})
    def post(self, request: Request) -> Response:
        """Submit a template as the operators registered it; it waits for an admin."""
        data = _wanted(shapes.TemplateInput, request.data)
        draft = services.TemplateDraft(pe_id=data.pop("entity"), **data)
        row = services.submit_template(caller=self.caller, draft=draft, now=timezone.now())
        return Response(_whole(row), status.HTTP_201_CREATED)


def _whole(row: ContentTemplate) -> Shape:
    findings = [finding.as_dict() for finding in findings_of(row)]
    return {**shapes.template_shape(row), "findings": findings}


class TemplateView(AccountAPIView):
    """One template, by our id or by the operators' template ID."""

    def template(self, key: str) -> ContentTemplate:
        row = find_template(self.account, key)
        if row is None:
            raise NotFound(what="template")
        return row


class TemplateDetail(TemplateView):
    @extend_schema(responses=dict[str, Any])
    def get(self, request: Request, key: str) -> Response:
        """Show one template with what operators may object to."""
        return Response(_whole(self.template(key)))


class ApproveTemplate(TemplateView):
    role_to_change = Role.ADMIN

    @extend_schema(request=None, responses=dict[str, Any])
    def post(self, request: Request, key: str) -> Response:
        """Let a waiting template be sent; not by who submitted it, unless nobody else could."""
        pk = self.template(key).pk
        services.change(
            caller=self.caller, kind="template", pk=pk, verb="approve", now=timezone.now()
        )
        return Response(_whole(self.template(key)))


class RejectTemplate(TemplateView):
    role_to_change = Role.ADMIN

    @extend_schema(request=shapes.RejectInput, responses=dict[str, Any])
    def post(self, request: Request, key: str) -> Response:
        """Send a waiting template back, with the reason."""
        pk = self.template(key).pk
        reason = _wanted(shapes.RejectInput, request.data)["reason"]
        services.change(
            caller=self.caller,
            kind="template",
            pk=pk,
            verb="reject",
            reason=reason,
            now=timezone.now(),
        )
        return Response(_whole(self.template(key)))
