"""The registries' early warning over HTTP. Nothing here changes anything."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from accounts.models import Role
from core.errors import NotFound
from core.times import rfc3339
from dlt.queries import find_template
from reports.dlt_health.radar import Failing, Idle, Radar, radar
from reports.dlt_health.recheck import OTHER_RULES, Case, recheck
from reports.dlt_health.sent import MOST
from reports.dlt_health.typed import typed_version

Shape = dict[str, Any]


class RecheckInput(serializers.Serializer[Any]):
    last = serializers.IntegerField(
        min_value=1, max_value=MOST, default=1_000, help_text="How many of the newest messages."
    )
    template_id = serializers.CharField(max_length=20, default="", allow_blank=True)
    rules = serializers.ChoiceField(
        list(OTHER_RULES), default="", allow_blank=True, help_text="Whose rules; empty: yours."
    )
    text = serializers.CharField(
        max_length=2000,
        default="",
        allow_blank=True,
        trim_whitespace=False,
        help_text="Judge by this text instead of the registered one; needs template_id.",
    )

    def validate(self, attrs: Shape) -> Shape:
        if attrs["text"] and not attrs["template_id"]:
            raise serializers.ValidationError({"template_id": "Say whose text this stands for."})
        return attrs


class RadarView(AccountAPIView):
    @extend_schema(responses=Shape, operation_id="dlt_radar")
    def get(self, request: Request) -> Response:
        """Say what ends soon, what nobody uses, what fails and what is not typed yet."""
        return Response(_radar(radar(self.account, timezone.now())))


class RecheckView(AccountAPIView):
    @extend_schema(request=RecheckInput, responses=Shape, operation_id="dlt_recheck")
    def post(self, request: Request) -> Response:
        """Judge the last messages again, as the registries are now or under other rules."""
        given = RecheckInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        found = recheck(
            self.account,
            data["last"],
            template_id=data["template_id"],
            rules=data["rules"],
            text=data["text"],
        )
        return Response(
            {
                **found.as_dict(),
                "fails": [_case(case) for case in found.fails],
                "passes": [_case(case) for case in found.passes],
            }
        )


class TypedTagsView(AccountAPIView):
    role_to_read = Role.EDITOR  # it shows values that were sent

    @extend_schema(responses=Shape, operation_id="dlt_typed_tags")
    def get(self, request: Request, key: str) -> Response:
        """Suggest typed variables for a template, from the values of its last messages."""
        row = find_template(self.account, key)
        if row is None:
            raise NotFound(what="template")
        return Response(typed_version(self.account, row).as_dict())


def _case(case: Case) -> Shape:
    return {
        "message": case.sid,
        "at": rfc3339(case.at),
        "template_id": case.template_id,
        "body": case.body,
        "why": case.why,
    }


def _radar(found: Radar) -> Shape:
    return {
        "ending": [
            {
                "header": one.header.value,
                "entity": one.header.entity.pe_id,
                "valid_until": str(one.header.valid_until),
                "days_left": one.days_left,
            }
            for one in found.ending
        ],
        "idle": [_idle(one) for one in found.idle],
        "failing": [_failing(one) for one in found.failing],
        "untyped": [row.template_id for row in found.untyped],
        "service_explicit": [row.template_id for row in found.explicit],
    }


def _idle(one: Idle) -> Shape:
    return {
        "kind": one.kind,
        "id": str(one.pk),
        "name": one.name,
        "last_used": rfc3339(one.last_used) if one.last_used else None,
        "days": one.days,
        "days_left": one.days_left,
    }


def _failing(one: Failing) -> Shape:
    return {
        "template_id": one.template_id,
        "name": one.name,
        "messages": one.messages,
        "refused": one.refused,
        "failed": one.failed,
        "reason": one.reason,
    }
