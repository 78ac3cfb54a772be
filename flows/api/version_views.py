"""Versions of flows over HTTP: listed, read, compared, taken back."""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from flows import versions
from flows.api.views import Answer, PublishInput, given, override_of
from flows.graph import dump
from flows.present import present_changes, present_flow, present_version, present_versions
from flows.secrets import as_seen
from flows.services import flow_named

PAGE: Final = 100


class VersionsInput(serializers.Serializer[Any]):
    cursor = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, required=False, help_text="Versions before this number."
    )


class DiffInput(serializers.Serializer[Any]):
    # "from" is a word of the language.
    vars()["from"] = serializers.CharField(
        max_length=20, default=versions.LIVE, help_text="`draft`, `live` or a version's number."
    )
    to = serializers.CharField(
        max_length=20, default=versions.DRAFT, help_text="`draft`, `live` or a version's number."
    )


class RestoreInput(serializers.Serializer[Any]):
    base_hash = serializers.CharField(
        max_length=64,
        allow_blank=True,
        default="",
        help_text="The hash of the draft that is replaced; refused when it is another by now.",
    )


class FlowVersions(AccountAPIView):
    @extend_schema(parameters=[VersionsInput], responses=Answer, operation_id="flows_versions")
    def get(self, request: Request, sid: str) -> Response:
        """List the versions of a flow, newest first, in pages of 100: with note, author, what changed
        and how many calls ran on each."""
        flow = flow_named(self.account, sid)
        cursor = given(VersionsInput, request.query_params).get("cursor")
        rows = versions.versions_of(flow)
        page = list((rows.filter(number__lt=cursor) if cursor else rows)[: PAGE + 1])
        following = str(page[PAGE - 1].number) if len(page) > PAGE else None
        return Response({"versions": present_versions(page[:PAGE], flow), "next": following})


class FlowVersionDetail(AccountAPIView):
    @extend_schema(responses=Answer, operation_id="flows_version")
    def get(self, request: Request, sid: str, number: int) -> Response:
        """Show one version with its graph."""
        flow = flow_named(self.account, sid)
        version = versions.version_numbered(flow, number)
        (shown,) = present_versions([version], flow)
        graph = as_seen(versions.graph_at(flow, str(number)), self.caller)
        return Response({**shown, "graph": dump(graph)})


class FlowDiff(AccountAPIView):
    @extend_schema(parameters=[DiffInput], responses=Answer, operation_id="flows_diff")
    def get(self, request: Request, sid: str) -> Response:
        """Compare two of a flow's graphs, as sentences and for each applet, connection and start. Where
        boxes stand and what notes say does not count."""
        flow = flow_named(self.account, sid)
        asked = given(DiffInput, request.query_params)
        changes = versions.changes_between(flow, asked["from"], asked["to"], self.caller)
        return Response({"from": asked["from"], "to": asked["to"], **present_changes(changes)})


class FlowRestore(AccountAPIView):
    @extend_schema(request=RestoreInput, responses=Answer, operation_id="flows_restore")
    def post(self, request: Request, sid: str, number: int) -> Response:
        """Make a version's graph the draft again. What is live stays."""
        restored = versions.restore_version(
            caller=self.caller,
            flow=flow_named(self.account, sid),
            number=number,
            base_hash=given(RestoreInput, request.data)["base_hash"],
            now=timezone.now(),
        )
        return Response(present_flow(restored, self.caller))


class FlowVersionPublish(AccountAPIView):
    @extend_schema(request=PublishInput, responses=Answer, operation_id="flows_publish_version")
    def post(self, request: Request, sid: str, number: int) -> Response:
        """Publish a version's graph again, as the newest; the draft stays as it is."""
        values = given(PublishInput, request.data)
        version = versions.publish_version(
            caller=self.caller,
            flow=flow_named(self.account, sid),
            number=number,
            note=values["note"],
            now=timezone.now(),
            override=override_of(values.get("override")),
        )
        return Response(present_version(version))
