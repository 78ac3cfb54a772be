"""Listing and saving test calls of flows. Not beside the rest of them in ``flows.api``: a test may be made of
a call, and flows know no calls."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from calls.api.views import Answer, given
from calls.services import save_as_test
from flows.services import flow_named
from flows.tests.present import present_test
from flows.tests.services import MOST_TESTS, create_test, tests_of


class NewTestInput(serializers.Serializer[Any]):
    document = serializers.JSONField(required=False)
    from_call = serializers.CharField(
        max_length=40, required=False, help_text="The sid of a test call that has ended."
    )
    name = serializers.CharField(
        max_length=100, required=False, allow_blank=True, help_text="With `from_call`."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("document" in attrs) == ("from_call" in attrs):
            raise serializers.ValidationError("Send either document or from_call.")
        return attrs


class FlowTests(AccountAPIView):
    @extend_schema(responses=Answer, operation_id="flow_tests_list")
    def get(self, request: Request, sid: str) -> Response:
        """List the saved test calls of a flow, oldest first, with what came of them last."""
        tests = tests_of(flow_named(self.account, sid))
        return Response({"tests": [present_test(test) for test in tests], "limit": MOST_TESTS})

    @extend_schema(request=NewTestInput, responses={201: Answer}, operation_id="flow_tests_create")
    def post(self, request: Request, sid: str) -> Response:
        """Save a test call: a document, or a simulated call with what happened in it as expected."""
        flow = flow_named(self.account, sid)
        values = given(NewTestInput, request.data)
        now = timezone.now()
        if "from_call" in values:
            test = save_as_test(
                caller=self.caller,
                flow=flow,
                call_sid=values["from_call"],
                name=values.get("name", ""),
                now=now,
            )
        else:
            test = create_test(self.caller, flow, values["document"], now)
        return Response(present_test(test), status.HTTP_201_CREATED)
