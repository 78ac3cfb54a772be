"""Test calls, calls and numbers over HTTP."""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from accounts.models import Role
from calls import services
from calls.emails import present_emails
from calls.incoming_sms import LONGEST_TEXT
from calls.masking import masked
from calls.models import Call, PhoneNumber
from calls.present import present_call, present_messages, present_number, present_trace
from calls.replaying import replay
from core.phone_numbers import from_query, lookup
from flows.services import flow_named

PAGE: Final = 50
Answer = dict[str, Any]


class SimulationInput(serializers.Serializer[Any]):
    flow = serializers.CharField(max_length=40)
    use = serializers.ChoiceField(["draft", "live"], default="draft")
    from_ = serializers.CharField(max_length=250)
    to = serializers.CharField(max_length=250, default="", allow_blank=True, allow_null=True)
    entry = serializers.ChoiceField(
        ["inbound_call", "inbound_sms", "api"],
        default="inbound_call",
        help_text="What begins the run: a call, an SMS with `text`, or the API with `variables`.",
    )
    text = serializers.CharField(
        max_length=LONGEST_TEXT, default="", allow_blank=True, trim_whitespace=False
    )
    variables = serializers.DictField(default=dict)

    def get_fields(self) -> dict[str, Any]:
        """Call the caller's number ``from``, which is no name Python allows."""
        return {name.rstrip("_"): field for name, field in super().get_fields().items()}


class EventInput(serializers.Serializer[Any]):
    """An event of the simulated phone; the adapter reads the rest."""

    type = serializers.CharField(max_length=40)
    digits = serializers.CharField(max_length=40, required=False, allow_blank=True)
    status = serializers.CharField(max_length=40, required=False)
    talk_seconds = serializers.FloatField(required=False, min_value=0)
    number = serializers.CharField(max_length=250, required=False, allow_blank=True)
    seconds = serializers.FloatField(required=False, min_value=0)
    recording_url = serializers.CharField(max_length=500, required=False, allow_blank=True)
    key = serializers.CharField(max_length=100, default="", allow_blank=True)


class ListInput(serializers.Serializer[Any]):
    cursor = serializers.IntegerField(min_value=1, max_value=2**62, required=False)
    flow = serializers.CharField(max_length=40, required=False)


class ReplayInput(serializers.Serializer[Any]):
    use = serializers.CharField(
        max_length=10, default="draft", help_text="draft, live, or the number of a version."
    )


class LookupInput(serializers.Serializer[Any]):
    number = serializers.CharField(max_length=250, trim_whitespace=False)
    region = serializers.CharField(max_length=2, required=False)


class NumberInput(serializers.Serializer[Any]):
    flow = serializers.CharField(max_length=40, allow_null=True)


def given(serializer: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
    """Check the shape of a request and return its values."""
    checked = serializer(data=data)
    checked.is_valid(raise_exception=True)
    values: dict[str, Any] = checked.validated_data
    return values


class CallAPIView(AccountAPIView):
    def shown(self, answer: Answer) -> Answer:
        """Return an answer as the caller's role may see it."""
        whole: Answer = answer if self.caller.may(Role.EDITOR) else masked(answer)
        return whole


class Simulations(AccountAPIView):
    @extend_schema(
        request=SimulationInput, responses={201: Answer}, operation_id="simulations_start"
    )
    def post(self, request: Request) -> Response:
        """Begin a test call on the simulated phone. Nothing reaches a real carrier or costs
        money."""
        values = given(SimulationInput, request.data)
        answer = services.start_simulation(
            flow=flow_named(self.account, values["flow"]),
            use=values["use"],
            from_number=values["from"],
            to_number=values["to"] or "",
            account=self.account,
            beginning=services.Beginning(values["entry"], values["text"], values["variables"]),
        )
        return Response(answer, status.HTTP_201_CREATED)


class Simulation(CallAPIView):
    @extend_schema(responses=Answer, operation_id="simulations_read")
    def get(self, request: Request, sid: str) -> Response:
        """Show where a test call stands."""
        return Response(self.shown(services.turn_of(services.simulation_named(self.account, sid))))


class SimulationEvents(AccountAPIView):
    @extend_schema(request=EventInput, responses=Answer, operation_id="simulations_event")
    def post(self, request: Request, sid: str) -> Response:
        """Press keys, end a dial, or hang up. The same `key` sent twice gets the same answer."""
        call = services.simulation_named(self.account, sid)
        values = given(EventInput, request.data)
        key = values.pop("key")
        return Response(services.continue_simulation(call=call, payload=values, key=key))


class Calls(CallAPIView):
    @extend_schema(parameters=[ListInput], responses=Answer, operation_id="calls_list")
    def get(self, request: Request) -> Response:
        """List calls, newest first, in pages of 50."""
        wanted = given(ListInput, request.query_params)
        rows = Call.objects.for_account(self.account).newest_first()
        if "cursor" in wanted:
            rows = rows.filter(pk__lt=wanted["cursor"])
        if "flow" in wanted:
            rows = rows.filter(run__flow__sid=wanted["flow"])
        page = list(rows.with_flow()[: PAGE + 1])
        following = str(page[PAGE - 1].pk) if len(page) > PAGE else None
        shown = [self.shown(present_call(call)) for call in page[:PAGE]]
        return Response({"calls": shown, "next": following})


class CallDetail(CallAPIView):
    @extend_schema(responses=Answer, operation_id="calls_read")
    def get(self, request: Request, sid: str) -> Response:
        """Show one call with its steps, what was asked of servers in them, its messages and e-mails."""
        call = services.call_named(self.account, sid)
        unmasked = self.caller.may(Role.EDITOR)
        steps = present_trace(call, unmasked=unmasked)
        messages = present_messages(call)
        emails = present_emails(call, unmasked=unmasked)
        answer = {**present_call(call), "steps": steps, "messages": messages, "emails": emails}
        return Response(self.shown(answer))


class CallReplay(AccountAPIView):
    role_to_change = Role.VIEWER  # nothing changes

    @extend_schema(request=ReplayInput, responses=Answer, operation_id="calls_replay")
    def post(self, request: Request, sid: str) -> Response:
        """Play what happened in a call on the flow's draft, and say where its path now differs."""
        call = services.call_named(self.account, sid)
        played = replay(call, given(ReplayInput, request.data)["use"])
        return Response({"call": call.sid, **played.to_json(unmasked=self.caller.may(Role.EDITOR))})


class Numbers(AccountAPIView):
    @extend_schema(responses=Answer, operation_id="numbers_list")
    def get(self, request: Request) -> Response:
        """List the account's numbers and the flows they ring."""
        rows = PhoneNumber.objects.for_account(self.account).select_related("flow").order_by("e164")
        return Response({"numbers": [present_number(number) for number in rows]})


class NumberLookup(AccountAPIView):
    @extend_schema(parameters=[LookupInput], responses=Answer, operation_id="numbers_lookup")
    def get(self, request: Request) -> Response:
        """Tell what is known about a number."""
        values = given(LookupInput, request.query_params)
        region = values.get("region", self.account.region)
        return Response(lookup(from_query(values["number"]), region))


class NumberDetail(AccountAPIView):
    @extend_schema(request=NumberInput, responses=Answer, operation_id="numbers_change")
    def patch(self, request: Request, e164: str) -> Response:
        """Let a number ring a flow, or none with `null`."""
        wanted = given(NumberInput, request.data)["flow"]
        flow = flow_named(self.account, wanted) if wanted else None
        number = services.ring_flow(caller=self.caller, e164=e164, flow=flow, now=timezone.now())
        return Response(present_number(number))
