"""What calls did in a flow, over HTTP: counts of nodes and connections, and a connection's last calls."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from calls.api.views import given
from calls.count_report import ALL, DAY, DRAFT, Wanted, count, last_calls, span_from
from calls.present import present_call_on_way
from core.errors import NotFound
from flows.models import Flow
from flows.services import flow_named

Answer = dict[str, Any]


class CountsInput(serializers.Serializer[Any]):
    period = serializers.CharField(max_length=40, default=DAY)
    version = serializers.RegexField(rf"^([0-9]{{1,9}}|{ALL}|{DRAFT})$", default=ALL)
    tests = serializers.BooleanField(default=False)


class ConnectionInput(CountsInput):
    node = serializers.CharField(max_length=64)
    port = serializers.CharField(max_length=40)


class FlowCounts(AccountAPIView):
    @extend_schema(parameters=[CountsInput], responses=Answer, operation_id="flows_counts")
    def get(self, request: Request, sid: str) -> Response:
        """Count visits of every node and calls over every connection in a period: `24h`, `7d`, `30d` or
        `2026-11-01..2026-11-20`. `version` is a number, `all` or `draft`; `tests=1` counts test calls instead
        of real ones."""
        flow, values = flow_named(self.account, sid), given(CountsInput, request.query_params)
        return Response(count(flow, self.wanted(flow, values)))

    def wanted(self, flow: Flow, values: Answer) -> Wanted:
        since, until = span_from(values["period"], self.account, timezone.now())
        return Wanted(since, until, _version(flow, values["version"]), values["tests"])


class ConnectionCalls(FlowCounts):
    @extend_schema(
        parameters=[ConnectionInput], responses=Answer, operation_id="flows_connection_calls"
    )
    def get(self, request: Request, sid: str) -> Response:
        """List the last 20 calls that left `node` through `port`, newest first."""
        flow, values = flow_named(self.account, sid), given(ConnectionInput, request.query_params)
        rows = last_calls(flow, values["node"], values["port"], self.wanted(flow, values))
        shown = [present_call_on_way(call, at) for call, at in rows]
        return Response({"calls": shown})


def _version(flow: Flow, wanted: str) -> int | None:
    """Return None for all of them, 0 for the draft. Raises NotFound."""
    if wanted == ALL:
        return None
    number = 0 if wanted == DRAFT else int(wanted)
    if number and not flow.versions.filter(number=number).exists():
        raise NotFound(what="version")
    return number
