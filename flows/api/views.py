"""Flows over HTTP."""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from accounts.models import Role
from flows import services
from flows.archive import archive_flow
from flows.drafts import Resolution, save_or_merge
from flows.graph import parse
from flows.live_issues import live_issues
from flows.models import Flow
from flows.override import LONGEST_REASON, Override
from flows.present import (
    present_flow,
    present_issues,
    present_saved,
    present_summary,
    present_version,
)

PAGE: Final = 50
Answer = dict[str, Any]


class FlowInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200, allow_blank=True)
    graph = serializers.JSONField(required=False, allow_null=True)


class NameInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200, allow_blank=True)


class DraftInput(serializers.Serializer[Any]):
    graph = serializers.JSONField()
    base_hash = serializers.CharField(max_length=64, allow_blank=True, default="")
    base = serializers.JSONField(
        required=False,
        allow_null=True,
        help_text="The graph of `base_hash` as it was read: with it, others' changes are merged.",
    )
    theirs_hash = serializers.CharField(max_length=64, allow_blank=True, default="")
    choices = serializers.DictField(
        child=serializers.ChoiceField(["mine", "theirs"]),
        default=dict,
        help_text="Settles conflicts by their key, for as long as `theirs_hash` is the stored draft.",
    )


class GraphInput(serializers.Serializer[Any]):
    graph = serializers.JSONField()


class OverrideInput(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=LONGEST_REASON, allow_blank=True)
    codes = serializers.ListField(
        child=serializers.CharField(max_length=60), max_length=50, default=list
    )


class PublishInput(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=200, allow_blank=True, default="")
    override = OverrideInput(
        required=False,
        allow_null=True,
        help_text="For admins: publish despite DLT problems and failing tests, with the reason; `codes`"
        " limits it to some.",
    )


class ListInput(serializers.Serializer[Any]):
    cursor = serializers.IntegerField(min_value=1, max_value=2**62, required=False)
    archived = serializers.BooleanField(
        default=False, help_text="List the flows that were put away instead."
    )


def given(serializer: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
    """Check the shape of a request and return its values."""
    checked = serializer(data=data)
    checked.is_valid(raise_exception=True)
    values: dict[str, Any] = checked.validated_data
    return values


class Flows(AccountAPIView):
    @extend_schema(parameters=[ListInput], responses=Answer, operation_id="flows_list")
    def get(self, request: Request) -> Response:
        """List flows, newest first, in pages of 50."""
        asked = given(ListInput, request.query_params)
        cursor = asked.get("cursor")
        rows = Flow.objects.for_account(self.account)
        rows = (rows.archived() if asked["archived"] else rows.in_use()).newest_first()
        rows = rows.filter(pk__lt=cursor) if cursor else rows
        related = rows.select_related("live__published_by").prefetch_related("numbers")
        page = list(related[: PAGE + 1])
        live = live_issues(self.account, page[:PAGE])
        flows = [
            present_summary(
                flow, sorted(number.e164 for number in flow.numbers.all()), live.get(flow.pk, [])
            )
            for flow in page[:PAGE]
        ]
        following = str(page[PAGE - 1].pk) if len(page) > PAGE else None
        return Response({"flows": flows, "next": following})

    @extend_schema(request=FlowInput, responses={201: Answer}, operation_id="flows_create")
    def post(self, request: Request) -> Response:
        """Make a flow, empty or from an exported graph."""
        values = given(FlowInput, request.data)
        flow = services.create_flow(
            caller=self.caller, name=values["name"], graph=values.get("graph"), now=timezone.now()
        )
        return Response(present_flow(flow, self.caller), status.HTTP_201_CREATED)


class FlowDetail(AccountAPIView):
    @extend_schema(responses=Answer, operation_id="flows_read")
    def get(self, request: Request, sid: str) -> Response:
        """Show a flow with its draft and the draft's issues."""
        return Response(present_flow(services.flow_named(self.account, sid), self.caller))

    @extend_schema(request=NameInput, responses=Answer, operation_id="flows_rename")
    def patch(self, request: Request, sid: str) -> Response:
        """Give a flow another name."""
        flow = services.flow_named(self.account, sid)
        name = given(NameInput, request.data)["name"]
        services.rename_flow(caller=self.caller, flow=flow, name=name, now=timezone.now())
        return Response(present_flow(flow, self.caller))

    @extend_schema(responses={204: None}, operation_id="flows_archive")
    def delete(self, request: Request, sid: str) -> Response:
        """Put a flow away. Refused while a number rings it or a live flow transfers calls to it."""
        flow = services.flow_named(self.account, sid)
        archive_flow(caller=self.caller, flow=flow, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class FlowDraft(AccountAPIView):
    @extend_schema(request=DraftInput, responses=Answer, operation_id="flows_save_draft")
    def put(self, request: Request, sid: str) -> Response:
        """Store the draft, unfinished or not; `base_hash` is the hash of the draft it was made
        from, and with `base` it is merged with what others saved since."""
        flow = services.flow_named(self.account, sid)
        values = given(DraftInput, request.data)
        saved = save_or_merge(
            caller=self.caller,
            flow=flow,
            graph=values["graph"],
            base_hash=values["base_hash"],
            now=timezone.now(),
            base=values.get("base"),
            resolution=Resolution(values["theirs_hash"], values["choices"]),
        )
        return Response(present_saved(saved, self.caller))


class FlowPublish(AccountAPIView):
    @extend_schema(request=PublishInput, responses=Answer, operation_id="flows_publish")
    def post(self, request: Request, sid: str) -> Response:
        """Freeze the draft as the version that new calls get."""
        flow = services.flow_named(self.account, sid)
        values = given(PublishInput, request.data)
        version = services.publish_flow(
            caller=self.caller,
            flow=flow,
            note=values["note"],
            now=timezone.now(),
            override=override_of(values.get("override")),
        )
        return Response(present_version(version))


def override_of(given_values: dict[str, Any] | None) -> Override | None:
    if given_values is None:
        return None
    return Override(given_values["reason"], frozenset(given_values["codes"]))


class FlowValidate(AccountAPIView):
    role_to_change = Role.VIEWER  # nothing changes

    @extend_schema(request=GraphInput, responses=Answer, operation_id="flows_validate")
    def post(self, request: Request) -> Response:
        """Say what is wrong with a graph. Stores nothing."""
        graph = parse(given(GraphInput, request.data)["graph"])
        return Response({"issues": present_issues(services.issues_in(self.account, graph))})
