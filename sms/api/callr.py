"""Callr's SMS API: a stored client works here unchanged but for host and key (docs.callr.com)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from core import phone_numbers
from core.errors import NotFound
from core.parsers import JSONParser
from sms.api.given import given
from sms.callr_format import callr_object
from sms.models import Message
from sms.pipeline.compose import LONGEST_BODY
from sms.services import Draft, Source, accept_message


class CallrInput(serializers.Serializer[Any]):
    """The parameters of ``POST /v2.0/sms``; the two DLT ones are ours, for Indian numbers."""

    to = serializers.CharField(max_length=40, trim_whitespace=False)
    text = serializers.CharField(max_length=LONGEST_BODY, trim_whitespace=False)
    trafficType = serializers.ChoiceField(  # noqa: N815 -- the name on the wire
        ["marketing", "alerting"], default="marketing"
    )
    encoding = serializers.ChoiceField(["auto", "gsm", "unicode"], default="auto")
    dltTemplateId = serializers.CharField(  # noqa: N815 -- the name on the wire
        max_length=20, default="", allow_blank=True
    )
    dltEntityId = serializers.CharField(  # noqa: N815 -- the name on the wire
        max_length=20, default="", allow_blank=True
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Add ``from``, which Python does not allow as an attribute."""
        sender = serializers.CharField(max_length=11, default="", allow_blank=True)
        return {**super().get_fields(), "from": sender}


class PageInput(serializers.Serializer[Any]):
    offset = serializers.IntegerField(min_value=0, max_value=100_000, default=0)
    limit = serializers.IntegerField(min_value=1, max_value=100, default=10)
    order = serializers.ChoiceField(["asc", "desc"], default="desc")


class CallrMessages(AccountAPIView):
    parser_classes = [JSONParser, FormParser, MultiPartParser]

    @extend_schema(request=CallrInput, responses={202: dict[str, Any]})
    def post(self, request: Request) -> Response:
        """Send an SMS. Answers 202 with the message, also when DLT refused it: its status says so."""
        data = CallrInput(data=given(request, "to"))
        data.is_valid(raise_exception=True)
        values = data.validated_data
        to = phone_numbers.parse_e164(values["to"], self.account.region)
        draft = Draft(
            to=to,
            body=values["text"],
            sender=values["from"],
            traffic_type=values["trafficType"],
            encoding=values["encoding"],
            dlt_template_id=values["dltTemplateId"],
            dlt_entity_id=values["dltEntityId"],
        )
        message = accept_message(
            account=self.account, draft=draft, source=Source(), now=timezone.now()
        )
        return Response(callr_object(message), status.HTTP_202_ACCEPTED)

    @extend_schema(parameters=[PageInput], responses=dict[str, Any])
    def get(self, request: Request) -> Response:
        """List messages in the search envelope ``{offset, total, hasMore, hits}``."""
        page = PageInput(data=request.query_params)
        page.is_valid(raise_exception=True)
        offset, limit = page.validated_data["offset"], page.validated_data["limit"]
        rows = Message.objects.for_account(self.account).select_related("account")
        rows = rows.order_by("pk" if page.validated_data["order"] == "asc" else "-pk")
        total = rows.count()
        hits = [callr_object(message) for message in rows[offset : offset + limit]]
        return Response(
            {"offset": offset, "total": total, "hasMore": offset + limit < total, "hits": hits}
        )


class CallrMessage(AccountAPIView):
    @extend_schema(responses=dict[str, Any])
    def get(self, request: Request, sid: str) -> Response:
        """Show one message; 404 unless it is this account's."""
        rows = Message.objects.for_account(self.account).select_related("account")
        message = rows.filter(sid=sid).first()
        if message is None:
            raise NotFound(what="message")
        return Response(callr_object(message))
