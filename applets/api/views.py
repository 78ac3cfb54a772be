"""The catalogue the canvas is built from."""

from __future__ import annotations

from django.utils.translation import gettext
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from applets.catalogue import catalogue


def _translate(text: str) -> str:
    return gettext(text) if text else ""  # gettext("") is the header of the translation file


class CatalogueView(AccountAPIView):
    """Every applet with its ports, the schema of its settings and its defaults."""

    @extend_schema(responses=OpenApiTypes.OBJECT, operation_id="applets_list")
    def get(self, request: Request) -> Response:
        return Response(catalogue(_translate))
