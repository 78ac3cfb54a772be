"""The figures of the SMS report for programs."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from accounts.models import Role
from reports.api.serializers import SummaryOutput
from reports.figures import summary
from reports.filters import NAMES, PERIOD_NAMES, filters_from, refuse_unknown


class SmsSummaryView(AccountAPIView):
    """The figures the report page shows, to the digit."""

    @extend_schema(
        operation_id="sms_report_summary",
        summary="Figures of the SMS report",
        parameters=[OpenApiParameter(name, str) for name in (*PERIOD_NAMES, *NAMES)],
        responses=SummaryOutput,
    )
    def get(self, request: Request) -> Response:
        wanted = request.query_params.dict()
        refuse_unknown(wanted)
        now = timezone.now()
        zone = ZoneInfo(self.account.time_zone)
        filters = filters_from(wanted, zone=zone, now=now)
        found = summary(
            self.account, filters, now=now, digits_hidden=not self.caller.may(Role.EDITOR)
        )
        answer = SummaryOutput({"account": self.account, "filters": filters, "summary": found})
        return Response(answer.data)
