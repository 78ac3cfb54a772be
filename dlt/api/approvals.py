"""The approval queue and the lint over HTTP. Decisions are made at the records themselves."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from accounts.models import Account, Role
from core.times import rfc3339
from dlt.approval_queue import PER_PAGE, Chosen, Waiting, waiting_page
from dlt.lint import About, CtaFact, HeaderFact, blocking_findings, lint
from dlt.models import Category, ContentTemplate, Cta, Header
from dlt.registry import KINDS
from dlt.rules import rules_of
from dlt.services.entities import entity_of

LONGEST_TEXT = 20_000


class QueueInput(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(KINDS, default="", allow_blank=True)
    entity = serializers.CharField(max_length=20, default="", allow_blank=True)
    maker = serializers.CharField(max_length=150, default="", allow_blank=True)
    q = serializers.CharField(max_length=100, default="", allow_blank=True)
    page = serializers.IntegerField(min_value=1, max_value=100_000, default=1)


class ApprovalQueue(AccountAPIView):
    @extend_schema(parameters=[QueueInput], responses=dict[str, Any])
    def get(self, request: Request) -> Response:
        """List what waits for an admin, longest first, with its age, when it is due, and findings."""
        given = QueueInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        wanted = dict(given.validated_data)
        number, now = wanted.pop("page"), timezone.now()
        found = waiting_page(self.caller, Chosen(**wanted), number, now)
        return Response(
            {
                "waiting": [_shape(one) for one in found.object_list],
                "count": found.paginator.count,
                "page": found.number,
                "pages": found.paginator.num_pages,
                "per_page": PER_PAGE,
            }
        )


def _shape(one: Waiting) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": str(one.row.pk),
        "name": str(one.row),
        "submitted": rfc3339(one.row.submitted),
        "maker": one.row.maker,
        "own": one.own,
        "may_decide": one.may_decide,
        "due": rfc3339(one.due.at),
        "late": one.due.late,
        "findings": [finding.as_dict() for finding in one.findings],
    }


class LintVariableInput(serializers.Serializer[Any]):
    tag = serializers.CharField(max_length=40, default="", allow_blank=True)
    sample = serializers.CharField(max_length=2000, default="", allow_blank=True)


class LintInput(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST_TEXT, trim_whitespace=False, allow_blank=True)
    category = serializers.ChoiceField(Category.choices, default=Category.SERVICE_IMPLICIT)
    content_type = serializers.ChoiceField(
        ContentTemplate.ContentType.choices, default=ContentTemplate.ContentType.TEXT
    )
    template_id = serializers.CharField(max_length=40, default="", allow_blank=True)
    entity = serializers.CharField(
        max_length=40, default="", allow_blank=True, help_text="The entity's pe_id."
    )
    headers = serializers.ListField(
        child=serializers.CharField(max_length=20), max_length=50, default=list
    )
    variables = serializers.ListField(child=LintVariableInput(), max_length=1000, default=list)


class Lint(AccountAPIView):
    """Changes nothing, so whoever may look may ask."""

    role_to_change = Role.VIEWER

    @extend_schema(request=LintInput, responses=dict[str, Any])
    def post(self, request: Request) -> Response:
        """Say what operators may object to in a text; with ``entity``, also in who sends it."""
        given = LintInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        about = _about(self.account, data)
        findings = lint(data["text"], data["category"], data["content_type"], about)
        blocked = {finding.code for finding in blocking_findings(data["text"])}
        return Response(
            {
                "findings": [finding.as_dict() for finding in findings],
                "may_be_submitted": not blocked,
            }
        )


def _about(account: Account, data: dict[str, Any]) -> About:
    entity = entity_of(account, data["entity"]) if data["entity"] else None
    variables = data["variables"]
    about = About(
        samples=tuple(variable["sample"] for variable in variables),
        tags=tuple(variable["tag"] for variable in variables),
        limits=rules_of(account).limits_of(data["template_id"]),
    )
    if entity is None:
        return about
    rows = Header.objects.for_account(account).filter(entity=entity, value__in=data["headers"])
    promotional = {row.value for row in rows if row.kind == Header.Kind.PROMOTIONAL}
    links = Cta.objects.for_account(account).sendable().filter(entity=entity)
    return About(
        samples=about.samples,
        tags=about.tags,
        limits=about.limits,
        entity_name=entity.name,
        headers=tuple(HeaderFact(value, value in promotional) for value in data["headers"]),
        ctas=tuple(CtaFact(kind, value) for kind, value in links.values_list("kind", "value")),
    )
