"""May this text be sent under this template? Pages and the canvas ask while somebody types."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from accounts.models import Account, Role
from core.errors import DomainError
from dlt.finder.accounts import matching_templates
from dlt.lint import MAX_LENGTH
from dlt.matcher import Match, Template, check, compile_template
from dlt.models import Category
from dlt.queries import find_template
from dlt.rules import compile_row, rules_of
from dlt.sample_values import fill_with_samples

LONGEST_BODY = 20_000
MOST_OTHERS = 20


class TemplateUnknown(DomainError):
    code = "dlt.template_unknown"
    message = (
        "Template {template_id} is not in this account's registry."
        " Compare the ID with the DLT portal, or submit the template under DLT registry."
    )
    status = 404


class TextInput(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=MAX_LENGTH, trim_whitespace=False)
    category = serializers.ChoiceField(Category.choices, required=False, allow_null=True)


class CheckInput(serializers.Serializer[Any]):
    template = TextInput(required=False, help_text="A text to compare with, or give template_id.")
    template_id = serializers.CharField(required=False, max_length=40)
    body = serializers.CharField(max_length=LONGEST_BODY, trim_whitespace=False, allow_blank=True)
    sample = serializers.BooleanField(default=False)

    def to_internal_value(self, data: Any) -> Any:
        """Take an ID in ``template`` too: callers read the contract either way."""
        if isinstance(data, dict) and isinstance(data.get("template"), str):
            data = {**data, "template_id": data["template"]}
            del data["template"]
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("template" in attrs) == ("template_id" in attrs):
            raise serializers.ValidationError("Give either template or template_id.")
        return attrs


class CheckView(AccountAPIView):
    """Changes nothing, so whoever may look may ask."""

    role_to_change = Role.VIEWER

    @extend_schema(request=CheckInput, responses=dict[str, Any])
    def post(self, request: Request) -> Response:
        """Compare a body with a template; with ``sample``, call variables are filled in first."""
        given = CheckInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        template_id = data.get("template_id", "")
        template = self._registered(template_id) if template_id else self._given(data["template"])
        body = fill_with_samples(data["body"]) if data["sample"] else data["body"]
        result = check(template, body)
        answer: dict[str, Any] = {**result.as_dict(), "other_matches": []}
        if not isinstance(result, Match):
            answer["other_matches"] = other_matches(self.account, body, template_id)
        if data["sample"]:
            answer["sampled_body"] = body
        return Response(answer)

    def _given(self, template: dict[str, Any]) -> Template:
        return compile_template(template["text"], rules_of(self.account).account)

    def _registered(self, template_id: str) -> Template:
        row = find_template(self.account, template_id)
        if row is None:
            raise TemplateUnknown(template_id=template_id)
        return compile_row(row, rules_of(self.account))


def other_matches(account: Account, body: str, template_id: str) -> list[dict[str, str]]:
    """Return the approved templates the body fits: often just the wrong one was chosen."""
    return [
        {"id": str(row.pk), "template_id": row.template_id, "name": row.name}
        for row in matching_templates(account, body, limit=MOST_OTHERS)
        if row.template_id != template_id
    ]
