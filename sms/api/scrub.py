"""What would the checks say of a message? The very same nine stages, and nothing is sent."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from accounts.models import Role
from dlt.scrub import Asked
from dlt.scrub.shown import with_operators
from sms.callr_format import rfc3339
from sms.rehearsal import Rehearsal, rehearse

LONGEST_BODY = 20_000


class ScrubInput(serializers.Serializer[Any]):
    to = serializers.CharField(max_length=40)
    body = serializers.CharField(max_length=LONGEST_BODY, trim_whitespace=False, allow_blank=True)
    header = serializers.CharField(max_length=20, default="", allow_blank=True)
    template_id = serializers.CharField(max_length=40, default="", allow_blank=True)
    entity = serializers.CharField(
        max_length=40, default="", allow_blank=True, help_text="The entity's pe_id."
    )
    traffic_type = serializers.ChoiceField(["marketing", "alerting"], default=None, allow_null=True)
    at = serializers.DateTimeField(
        required=False, help_text="As if it were sent then; now when not given."
    )


class Scrub(AccountAPIView):
    role_to_change = Role.VIEWER  # nothing changes

    @extend_schema(request=ScrubInput, responses=dict[str, Any])
    def post(self, request: Request) -> Response:
        """Say what the nine stages of the DLT check think of a message. Sends nothing."""
        data = ScrubInput(data=request.data)
        data.is_valid(raise_exception=True)
        values = data.validated_data
        asked = Asked(
            number=values["to"],
            body=values["body"],
            at=values.get("at") or timezone.now(),
            header=values["header"],
            template_id=values["template_id"],
            pe_id=values["entity"],
            traffic_type=values["traffic_type"] or "",
        )
        return Response(_shape(rehearse(account=self.account, asked=asked)))


def _shape(judged: Rehearsal) -> dict[str, Any]:
    report = judged.report
    return {
        "verdict": judged.verdict,
        "error": judged.error,
        "held_until": rfc3339(report.held_until) if report else None,
        "header": report.header.value if report and report.header else None,
        "template_id": report.template.template_id if report and report.template else None,
        "entity": report.entity.pe_id if report and report.entity else None,
        "text": (report.text or None) if report else None,
        "stages": [with_operators(line) for line in judged.stages],
    }
