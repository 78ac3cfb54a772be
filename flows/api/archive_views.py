"""Copies of flows, and flows that come back from the archive, over HTTP."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from flows.api.views import Answer, given
from flows.archive import archived_flow_named, bring_back_flow
from flows.present import present_flow
from flows.services import flow_named
from flows.versions import duplicate_flow


class CopyInput(serializers.Serializer[Any]):
    name = serializers.CharField(
        max_length=200, allow_blank=True, default="", help_text="Left out: one is made up."
    )


class ReturnInput(serializers.Serializer[Any]):
    name = serializers.CharField(
        max_length=200, allow_blank=True, default="", help_text="Left out: the name it had."
    )


class FlowDuplicate(AccountAPIView):
    @extend_schema(request=CopyInput, responses={201: Answer}, operation_id="flows_duplicate")
    def post(self, request: Request, sid: str) -> Response:
        """Make a new flow of a flow's draft, unpublished and without numbers."""
        copy = duplicate_flow(
            caller=self.caller,
            flow=flow_named(self.account, sid),
            name=given(CopyInput, request.data)["name"],
            now=timezone.now(),
        )
        return Response(present_flow(copy, self.caller), status.HTTP_201_CREATED)


class FlowBringBack(AccountAPIView):
    @extend_schema(request=ReturnInput, responses=Answer, operation_id="flows_bring_back")
    def post(self, request: Request, sid: str) -> Response:
        """Take a flow out of the archive, with its versions."""
        flow = bring_back_flow(
            caller=self.caller,
            flow=archived_flow_named(self.account, sid),
            name=given(ReturnInput, request.data)["name"],
            now=timezone.now(),
        )
        return Response(present_flow(flow, self.caller))
