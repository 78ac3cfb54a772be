"""Receivers over HTTP: one number's preference and consents."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from accounts.models import Role
from core.times import rfc3339
from dlt.models import Consent, Source
from dlt.services import receivers


class NumberInput(serializers.Serializer[Any]):
    number = serializers.CharField(max_length=40)


class BlockInput(NumberInput):
    categories = serializers.CharField(
        max_length=20,
        default="",
        allow_blank=True,
        help_text="Blocked preference categories as digits, such as 137; empty blocks everything.",
    )


class ReceiverConsentInput(NumberInput):
    entity = serializers.CharField(max_length=20, help_text="The entity's pe_id.")
    consent_template = serializers.CharField(
        max_length=20, default="", allow_blank=True, help_text="Empty: for every purpose."
    )
    given = serializers.DateTimeField(required=False)
    expires = serializers.DateTimeField(
        required=False, help_text="A year after it was given, unless told otherwise."
    )


def consent_shape(row: Consent) -> dict[str, Any]:
    template = row.consent_template
    return {
        "id": str(row.pk),
        "number": row.number,
        "entity": row.entity.pe_id,
        "consent_template": template.consent_id if template else "",
        "given": rfc3339(row.given),
        "expires": rfc3339(row.expires),
        "revoked": rfc3339(row.revoked) if row.revoked else None,
    }


def receiver_shape(found: receivers.Receiver) -> dict[str, Any]:
    dnd = found.dnd
    return {
        "number": found.number,
        "dnd": {"categories": dnd.categories, "updated": rfc3339(dnd.updated)} if dnd else None,
        "consents": [consent_shape(row) for row in found.consents],
    }


def _wanted(serializer: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
    given = serializer(data=data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


class Dnd(AccountAPIView):
    """The do-not-disturb list, a number at a time. Whole lists are imported and exported."""

    role_to_read = Role.EDITOR

    @extend_schema(parameters=[NumberInput], responses=dict[str, Any])
    def get(self, request: Request) -> Response:
        """Look a number up: its preference and its consents."""
        number = _wanted(NumberInput, request.query_params)["number"]
        return Response(receiver_shape(receivers.receiver_of(self.account, number)))

    @extend_schema(request=BlockInput, responses=dict[str, Any])
    def post(self, request: Request) -> Response:
        """Put a number on the do-not-disturb list, or change what it blocks."""
        data = _wanted(BlockInput, request.data)
        row = receivers.block_number(
            caller=self.caller, now=timezone.now(), source=Source.API, **data
        )
        return Response(receiver_shape(receivers.receiver_of(self.account, row.number)))

    @extend_schema(parameters=[NumberInput], responses={204: None})
    def delete(self, request: Request) -> Response:
        """Take a number off the do-not-disturb list."""
        number = _wanted(NumberInput, request.query_params)["number"]
        receivers.unblock_number(
            caller=self.caller, number=number, now=timezone.now(), source=Source.API
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class Consents(AccountAPIView):
    role_to_read = Role.EDITOR

    @extend_schema(
        operation_id="dlt_receiver_consents_list",
        parameters=[NumberInput],
        responses=dict[str, Any],
    )
    def get(self, request: Request) -> Response:
        """List the consents of a number."""
        number = _wanted(NumberInput, request.query_params)["number"]
        found = receivers.receiver_of(self.account, number)
        return Response({"consents": receiver_shape(found)["consents"]})

    @extend_schema(
        operation_id="dlt_receiver_consents_create",
        request=ReceiverConsentInput,
        responses={201: dict[str, Any]},
    )
    def post(self, request: Request) -> Response:
        """Write a consent down, in place of an older one to the same purpose."""
        data = _wanted(ReceiverConsentInput, request.data)
        row = receivers.give_consent(
            caller=self.caller,
            pe_id=data.pop("entity"),
            consent_id=data.pop("consent_template"),
            now=timezone.now(),
            source=Source.API,
            **data,
        )
        return Response(consent_shape(row), status.HTTP_201_CREATED)


class ConsentRevoke(AccountAPIView):
    @extend_schema(
        operation_id="dlt_receiver_consents_revoke", request=None, responses=dict[str, Any]
    )
    def post(self, request: Request, pk: int) -> Response:
        """End a consent now."""
        row = receivers.revoke_consent(
            caller=self.caller, pk=pk, now=timezone.now(), source=Source.API
        )
        return Response(consent_shape(row))
