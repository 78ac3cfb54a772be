"""The native SMS API."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from accounts.models import Role
from billing.services import NoPrice, price_per_segment
from core import phone_numbers
from core.errors import DomainError, NotFound
from core.sms_encoding import segment
from sms.api.present import present, present_whole
from sms.models import Message
from sms.pipeline.compose import LONGEST_BODY
from sms.services import Draft, Source, accept_message
from sms.states import Status

PAGE = 50


class MessageInput(serializers.Serializer[Any]):
    to = serializers.CharField(max_length=40)
    text = serializers.CharField(max_length=LONGEST_BODY, trim_whitespace=False)
    sender_id = serializers.CharField(max_length=11, default="", allow_blank=True)
    dlt_template_id = serializers.CharField(max_length=20, default="", allow_blank=True)
    dlt_entity_id = serializers.CharField(max_length=20, default="", allow_blank=True)
    traffic_type = serializers.ChoiceField(["marketing", "alerting"], default=None, allow_null=True)
    encoding = serializers.ChoiceField(["auto", "gsm", "unicode"], default="auto")


class ListInput(serializers.Serializer[Any]):
    cursor = serializers.IntegerField(min_value=1, max_value=2**62, required=False)
    status = serializers.ChoiceField(Status.values, required=False)
    call = serializers.CharField(max_length=40, required=False)


class PreviewInput(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST_BODY, trim_whitespace=False)
    encoding = serializers.ChoiceField(["auto", "gsm", "unicode"], default="auto")
    to = serializers.CharField(max_length=40, required=False, allow_blank=True)


class Messages(AccountAPIView):
    @extend_schema(request=MessageInput, responses={202: dict[str, Any]})
    def post(self, request: Request) -> Response:
        """Send an SMS. Answers 202 with the message; a refusal by DLT or balance is its status."""
        data = MessageInput(data=request.data)
        data.is_valid(raise_exception=True)
        values = data.validated_data
        draft = Draft(
            to=phone_numbers.parse_e164(values["to"], self.account.region),
            body=values["text"],
            sender=values["sender_id"],
            traffic_type=values["traffic_type"],
            encoding=values["encoding"],
            dlt_template_id=values["dlt_template_id"],
            dlt_entity_id=values["dlt_entity_id"],
        )
        message = accept_message(
            account=self.account, draft=draft, source=Source(), now=timezone.now()
        )
        return Response(present_whole(message), status.HTTP_202_ACCEPTED)

    @extend_schema(parameters=[ListInput], responses=dict[str, Any])
    def get(self, request: Request) -> Response:
        """List messages, newest first, in pages of 50."""
        data = ListInput(data=request.query_params)
        data.is_valid(raise_exception=True)
        wanted = data.validated_data
        rows = Message.objects.for_account(self.account).select_related("account").newest_first()
        if "status" in wanted:
            rows = rows.filter(status=wanted["status"])
        if "call" in wanted:
            rows = rows.filter(call_sid=wanted["call"])
        if "cursor" in wanted:
            rows = rows.filter(pk__lt=wanted["cursor"])
        page = list(rows[: PAGE + 1])
        following = str(page[PAGE - 1].pk) if len(page) > PAGE else None
        return Response({"messages": [present(row) for row in page[:PAGE]], "next": following})


class MessageDetail(AccountAPIView):
    @extend_schema(responses=dict[str, Any])
    def get(self, request: Request, sid: str) -> Response:
        """Show one message with its history and every gate it passed."""
        rows = Message.objects.for_account(self.account).select_related("account")
        message = rows.filter(sid=sid).first()
        if message is None:
            raise NotFound(what="message")
        return Response(present_whole(message))


class Preview(AccountAPIView):
    role_to_change = Role.VIEWER  # nothing changes

    @extend_schema(request=PreviewInput, responses=dict[str, Any])
    def post(self, request: Request) -> Response:
        """Say how a text would be cut and what it would cost. Sends nothing."""
        data = PreviewInput(data=request.data)
        data.is_valid(raise_exception=True)
        cut = segment(data.validated_data["text"], data.validated_data["encoding"])
        answer: dict[str, Any] = {
            "encoding": cut.encoding,
            "parts": cut.parts,
            "units": list(cut.units),
            "forcing_unicode": list(cut.forcing_unicode),
        }
        cost = self._cost(data.validated_data.get("to") or "", cut.parts)
        if cost is not None:
            answer |= {"cost": f"{cost / 100:.2f}", "currency": self.account.currency}
        return Response(answer)

    def _cost(self, to: str, parts: int) -> int | None:
        try:
            number = phone_numbers.parse_e164(to, self.account.region) if to else "+91"
            return price_per_segment(account=self.account, number=number) * parts
        except NoPrice:
            return None
        except DomainError as error:
            raise serializers.ValidationError({"to": str(error)}) from error
