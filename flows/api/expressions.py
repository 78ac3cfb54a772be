"""Expressions over HTTP."""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from accounts.models import Role
from flows import services
from flows.api.views import given
from flows.expression_check import checked_expression, checked_text

_LONGEST: Final = 200_000


class ExpressionInput(serializers.Serializer[Any]):
    expression = serializers.CharField(
        max_length=_LONGEST, allow_blank=True, trim_whitespace=False, required=False
    )
    text = serializers.CharField(
        max_length=_LONGEST, allow_blank=True, trim_whitespace=False, required=False,
        help_text="A text with variables, instead of an expression.",
    )  # fmt: skip
    flow = serializers.CharField(
        max_length=64, required=False, allow_blank=True,
        help_text="The flow whose applets' values are sampled.",
    )  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("expression" in attrs) == ("text" in attrs):
            raise serializers.ValidationError({"expression": "Give an expression or a text."})
        return attrs


class ProblemOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()
    position = serializers.IntegerField(help_text="Counted from 1.")


class CheckOutput(serializers.Serializer[Any]):
    ok = serializers.BooleanField()
    problems = ProblemOutput(many=True)
    value = serializers.JSONField(allow_null=True)
    note = serializers.CharField(help_text="Why the samples give no value.")


class ExpressionCheck(AccountAPIView):
    role_to_change = Role.VIEWER  # nothing changes

    @extend_schema(request=ExpressionInput, responses=CheckOutput, operation_id="expressions_check")
    def post(self, request: Request) -> Response:
        """Say whether an expression can be read, and what it gives with sample values."""
        values = given(ExpressionInput, request.data)
        sid = values.get("flow")
        graph = services.draft_of(services.flow_named(self.account, sid)) if sid else None
        now = timezone.now()
        if "text" in values:
            return Response(checked_text(values["text"], graph, now))
        return Response(checked_expression(values["expression"], graph, now))
