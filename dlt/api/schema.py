"""What the API description says of views that serve all registries."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from dlt.api import inputs
from dlt.registry import LABELS
from dlt.transitions import VERBS


class RegistrySchema(AutoSchema):
    """Take the names and inputs from the view's resource."""

    @property
    def registry_view(self) -> Any:
        return self.view

    def get_operation_id(self) -> str:
        return (
            f"dlt_{self.registry_view.resource.plural}_{self.registry_view.action_of(self.method)}"
        )

    def get_summary(self) -> str:
        what = LABELS[self.registry_view.resource.kind].lower()
        summary: str = self.registry_view.summaries[self.method.lower()].format(what=what)
        return summary

    def get_description(self) -> str:  # type: ignore[override]  # as drf-spectacular has it
        return ""

    def get_request_serializer(self) -> Any:
        given: type[serializers.Serializer[Any]] | None = self.registry_view.input_of(self.method)
        return given() if given else None

    def get_response_serializers(self) -> Any:
        made = self.method == "POST" and self.registry_view.makes
        return {201 if made else 200: OpenApiTypes.OBJECT}

    def get_override_parameters(self) -> list[Any]:
        parameters: list[Any] = []
        if "{verb}" in self.path:
            verbs = list(VERBS[self.registry_view.resource.kind])
            parameters.append(OpenApiParameter("verb", str, OpenApiParameter.PATH, enum=verbs))
        if self.method == "GET" and self.registry_view.lists:
            parameters.append(inputs.LIST_INPUTS[self.registry_view.resource.kind])
        return parameters
