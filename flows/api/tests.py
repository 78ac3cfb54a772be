"""Saved test calls over HTTP. Listing and saving them is in ``calls.api.flow_tests``: one may be made of a
call."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from accounts.models import Role
from flows.api.views import Answer, given
from flows.services import flow_named
from flows.tests import services
from flows.tests.coverage import coverage
from flows.tests.present import present_run, present_test

USES = ["draft", "live"]


class UseInput(serializers.Serializer[Any]):
    use = serializers.ChoiceField(USES, default="draft")


class RunInput(UseInput):
    tests = serializers.ListField(
        child=serializers.CharField(max_length=32),
        max_length=services.MOST_TESTS,
        required=False,
        help_text="The ids of some; all without it.",
    )


class DocumentInput(serializers.Serializer[Any]):
    document = serializers.JSONField()


class TryInput(UseInput):
    document = serializers.JSONField()


class FlowTestDetail(AccountAPIView):
    @extend_schema(responses=Answer, operation_id="flow_tests_read")
    def get(self, request: Request, sid: str, test: str) -> Response:
        """Show a test call with its document."""
        return Response(present_test(services.test_named(flow_named(self.account, sid), test)))

    @extend_schema(request=DocumentInput, responses=Answer, operation_id="flow_tests_change")
    def put(self, request: Request, sid: str, test: str) -> Response:
        """Give a test call another document."""
        found = services.test_named(flow_named(self.account, sid), test)
        document = given(DocumentInput, request.data)["document"]
        changed = services.change_test(
            caller=self.caller, test=found, document=document, now=timezone.now()
        )
        return Response(present_test(changed))

    @extend_schema(responses={204: None}, operation_id="flow_tests_delete")
    def delete(self, request: Request, sid: str, test: str) -> Response:
        """Delete a test call."""
        found = services.test_named(flow_named(self.account, sid), test)
        services.delete_test(caller=self.caller, test=found, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class FlowTestsRun(AccountAPIView):
    @extend_schema(request=RunInput, responses=Answer, operation_id="flow_tests_run")
    def post(self, request: Request, sid: str) -> Response:
        """Run test calls on the draft or on the live version. Nothing is sent or asked of anybody."""
        flow = flow_named(self.account, sid)
        values = given(RunInput, request.data)
        use = values["use"]
        results = services.run_saved(
            flow=flow, use=use, now=timezone.now(), only=values.get("tests")
        )
        return Response(present_run(results, use))


class FlowTestsTry(AccountAPIView):
    role_to_change = Role.VIEWER  # nothing changes

    @extend_schema(request=TryInput, responses=Answer, operation_id="flow_tests_try")
    def post(self, request: Request, sid: str) -> Response:
        """Run a test call that is not saved."""
        flow = flow_named(self.account, sid)
        values = given(TryInput, request.data)
        result = services.try_document(flow=flow, use=values["use"], document=values["document"])
        return Response(result.to_json())


class FlowTestsCoverage(AccountAPIView):
    @extend_schema(parameters=[UseInput], responses=Answer, operation_id="flow_tests_coverage")
    def get(self, request: Request, sid: str) -> Response:
        """Say which ports of which applets the test calls take."""
        flow = flow_named(self.account, sid)
        use = given(UseInput, request.query_params)["use"]
        graph = services.graph_for(flow, use)
        return Response({"use": use, **coverage(flow, graph, services.tests_of(flow))})
