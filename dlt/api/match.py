"""Which template is this? Pages and the composer ask while somebody types or pastes a text."""

from __future__ import annotations

from typing import Any, Final

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from accounts.models import Account, Role
from core.errors import DomainError
from dlt.finder.accounts import count_templates, matching_templates, nearest_templates
from dlt.lint import MAX_LENGTH
from dlt.matcher import Match, check
from dlt.models import ContentTemplate, Header, PrincipalEntity
from dlt.rules import Rules, compile_row, rules_of
from dlt.sample_values import fill_with_samples
from dlt.services.entities import EntityUnknown

MOST_SHOWN: Final = 20
NEAREST: Final = 3


class HeaderUnknown(DomainError):
    code = "dlt.header_unknown"
    message = (
        "This account has no header “{value}”. Headers are case-sensitive;"
        " leave the field out to search the templates of all headers."
    )


class MatchInput(serializers.Serializer[Any]):
    body = serializers.CharField(max_length=MAX_LENGTH, trim_whitespace=False)
    sample = serializers.BooleanField(default=False)
    entity = serializers.CharField(
        max_length=20, default="", allow_blank=True, help_text="Only templates of this pe_id."
    )
    header = serializers.CharField(
        max_length=6,
        default="",
        allow_blank=True,
        help_text="Only templates linked to this header.",
    )

    def validate_body(self, body: str) -> str:
        if not body.strip():
            raise serializers.ValidationError("Give the text of a message; this one is blank.")
        return body


class MatchView(AccountAPIView):
    """Changes nothing, so whoever may look may ask."""

    role_to_change = Role.VIEWER

    @extend_schema(request=MatchInput, responses=dict[str, Any])
    def post(self, request: Request) -> Response:
        """Return the approved templates a body fits, or the three that come nearest.

        With ``sample``, call variables are filled in first.
        """
        given = MatchInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        body = fill_with_samples(data["body"]) if data["sample"] else data["body"]
        answer = _answer(self.account, body, _wanted(self.account, data))
        if data["sample"]:
            answer["sampled_body"] = body
        return Response(answer)


def _wanted(account: Account, data: dict[str, Any]) -> dict[str, object]:
    """Return the filter on templates; raises EntityUnknown, HeaderUnknown."""
    wanted: dict[str, object] = {}
    if data["entity"]:
        entities = PrincipalEntity.objects.for_account(account).filter(pe_id=data["entity"])
        wanted["entity"] = entities.first()
        if wanted["entity"] is None:
            raise EntityUnknown(field="entity", pe_id=data["entity"])
    if data["header"]:
        headers = Header.objects.for_account(account).filter(value=data["header"])
        wanted["headers__in"] = [row for row in headers if row.value == data["header"]]
        if not wanted["headers__in"]:
            raise HeaderUnknown(field="header", value=data["header"])
    return wanted


def _answer(account: Account, body: str, wanted: dict[str, object]) -> dict[str, Any]:
    rules = rules_of(account)
    rows = matching_templates(account, body, limit=MOST_SHOWN + 1, **wanted)
    matching = [shape for row in rows if (shape := _match_shape(row, body, rules))]
    near = [] if matching else nearest_templates(account, body, n=NEAREST, **wanted)
    return {
        "matches": matching[:MOST_SHOWN],
        "more": len(matching) > MOST_SHOWN,
        "nearest": [_near_shape(row, score, body, rules) for row, score in near],
        "compared": count_templates(account),
    }


def _head(row: ContentTemplate) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "template_id": row.template_id,
        "name": row.name,
        "text": row.text,
        "entity": row.entity.pe_id,
        "headers": sorted(header.value for header in row.headers.all() if header.is_sendable),
        "category": row.category,
    }


def _match_shape(row: ContentTemplate, body: str, rules: Rules) -> dict[str, Any] | None:
    """Return nothing for a template that was changed since it was found."""
    result = check(compile_row(row, rules), body)
    if not isinstance(result, Match):
        return None
    told = result.as_dict()
    return {**_head(row), "variables": told["variables"], "notes": told["notes"]}


def _near_shape(row: ContentTemplate, score: float, body: str, rules: Rules) -> dict[str, Any]:
    told = check(compile_row(row, rules), body).as_dict()
    del told["match"]
    return {**_head(row), "score": round(score, 3), **told}
