"""How registry records look in the API, and what callers send."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.times import rfc3339
from dlt.lint import MAX_LENGTH
from dlt.matcher import Limits, placeholders
from dlt.models import Category, ContentTemplate, EntityState, Header, PrincipalEntity, RecordState


class EntityInput(serializers.Serializer[Any]):
    pe_id = serializers.CharField(max_length=40)
    name = serializers.CharField(max_length=120)


class HeaderInput(serializers.Serializer[Any]):
    entity = serializers.CharField(max_length=40, help_text="The entity's pe_id.")
    value = serializers.CharField(max_length=20)
    kind = serializers.ChoiceField(Header.Kind.choices, default=Header.Kind.OTHER)


class TemplateInput(serializers.Serializer[Any]):
    template_id = serializers.CharField(max_length=40)
    entity = serializers.CharField(max_length=40, help_text="The entity's pe_id.")
    headers = serializers.ListField(child=serializers.CharField(max_length=20), max_length=50)
    name = serializers.CharField(max_length=100)
    text = serializers.CharField(max_length=MAX_LENGTH, trim_whitespace=False)
    category = serializers.ChoiceField(Category.choices, default=Category.SERVICE_IMPLICIT)
    content_type = serializers.ChoiceField(
        ContentTemplate.ContentType.choices, default=ContentTemplate.ContentType.TEXT
    )


class RejectInput(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class ListInput(serializers.Serializer[Any]):
    q = serializers.CharField(max_length=100, default="", allow_blank=True)
    cursor = serializers.IntegerField(min_value=1, max_value=2**62, required=False)


class EntityListInput(ListInput):
    state = serializers.ChoiceField(EntityState.choices, default="", allow_blank=True)


class HeaderListInput(ListInput):
    state = serializers.ChoiceField(RecordState.choices, default="", allow_blank=True)
    entity = serializers.CharField(max_length=20, default="", allow_blank=True)


class TemplateListInput(HeaderListInput):
    category = serializers.ChoiceField(Category.choices, default="", allow_blank=True)


def entity_shape(row: PrincipalEntity) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "pe_id": row.pe_id,
        "name": row.name,
        "state": row.state,
        "created": rfc3339(row.created),
    }


def header_shape(row: Header) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "value": row.value,
        "kind": row.kind,
        "entity": row.entity.pe_id,
        "state": row.state,
        "reason": row.reason,
        "created": rfc3339(row.created),
    }


def template_shape(row: ContentTemplate) -> dict[str, Any]:
    limits = Limits()
    return {
        "id": str(row.pk),
        "template_id": row.template_id,
        "name": row.name,
        "category": row.category,
        "content_type": row.content_type,
        "text": row.text,
        "state": row.state,
        "reason": row.reason,
        "entity": row.entity.pe_id,
        "headers": sorted(header.value for header in row.headers.all()),
        "variables": [
            {"index": hole.index, "tag": hole.tag.value, "limit": limits.longest(hole.tag)}
            for hole in placeholders(row.text)
        ],
        "submitted": rfc3339(row.submitted),
        "decided": rfc3339(row.decided) if row.decided else None,
    }
