"""What delivery reports suggest to change, and an admin's answer."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from accounts.models import Role
from core.times import rfc3339
from dlt.models import Proposal
from dlt.operator_codes import fault_behind, name_of
from dlt.services.proposals import apply, dismiss

PAGE = 100


class ProposalListInput(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(Proposal.Outcome.choices, default=Proposal.Outcome.OPEN)
    cursor = serializers.IntegerField(min_value=1, max_value=2**62, required=False)


def proposal_shape(row: Proposal) -> dict[str, Any]:
    fault = fault_behind(row.code)
    return {
        "id": str(row.pk),
        "record": {"kind": row.record_kind, "id": str(row.record_id), "target": row.target},
        "verb": row.verb,
        "operator_code": {"code": row.code, "name": name_of(row.code)},
        "code": fault.code if fault else None,
        "words": row.words,
        "message": row.message_sid or None,
        "times": row.times,
        "first": rfc3339(row.first),
        "last": rfc3339(row.last),
        "outcome": row.outcome,
        "decider": row.decider or None,
        "decided": rfc3339(row.decided) if row.decided else None,
    }


class Proposals(AccountAPIView):
    @extend_schema(parameters=[ProposalListInput], responses=dict[str, Any])
    def get(self, request: Request) -> Response:
        """List what delivery reports say against the registry, newest first."""
        given = ProposalListInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        wanted = given.validated_data
        rows = Proposal.objects.for_account(self.account).filter(outcome=wanted["outcome"])
        if "cursor" in wanted:
            rows = rows.filter(pk__lt=wanted["cursor"])
        found = list(rows.newest_first()[: PAGE + 1])
        more = str(found[PAGE - 1].pk) if len(found) > PAGE else None
        return Response({"proposals": [proposal_shape(row) for row in found[:PAGE]], "next": more})


class ApplyProposal(AccountAPIView):
    role_to_change = Role.ADMIN

    @extend_schema(request=None, responses=dict[str, Any])
    def post(self, request: Request, pk: int) -> Response:
        """Change the record as the delivery report suggests."""
        return Response(proposal_shape(apply(caller=self.caller, pk=pk, now=timezone.now())))


class DismissProposal(AccountAPIView):
    role_to_change = Role.ADMIN

    @extend_schema(request=None, responses=dict[str, Any])
    def post(self, request: Request, pk: int) -> Response:
        """Leave the record as it is."""
        return Response(proposal_shape(dismiss(caller=self.caller, pk=pk, now=timezone.now())))
