"""Webhook endpoints and what was delivered to them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from accounts.models import Role
from core.errors import NotFound
from webhooks.models import Delivery, Endpoint
from webhooks.services import create_endpoint


class EndpointInput(serializers.Serializer[Any]):
    url = serializers.CharField(max_length=500)
    event = serializers.CharField(max_length=60, default="v2.sms.outbound.updated")


def _present(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "id": endpoint.sid,
        "url": endpoint.url,
        "event": endpoint.event,
        "active": endpoint.active,
    }


class Endpoints(AccountAPIView):
    role_to_change = Role.ADMIN

    @extend_schema(responses=dict[str, Any])
    def get(self, request: Request) -> Response:
        """List the account's webhook endpoints."""
        rows = Endpoint.objects.for_account(self.account).order_by("pk")
        return Response({"webhooks": [_present(row) for row in rows]})

    @extend_schema(request=EndpointInput, responses={201: dict[str, Any]})
    def post(self, request: Request) -> Response:
        """Register an address. The signing secret is in this answer and nowhere else."""
        data = EndpointInput(data=request.data)
        data.is_valid(raise_exception=True)
        endpoint = create_endpoint(account=self.account, **data.validated_data)
        answer = _present(endpoint) | {"secret": endpoint.secret}
        return Response(answer, status.HTTP_201_CREATED)


class EndpointDetail(AccountAPIView):
    role_to_change = Role.ADMIN

    def _endpoint(self, sid: str) -> Endpoint:
        endpoint = Endpoint.objects.for_account(self.account).filter(sid=sid).first()
        if endpoint is None:
            raise NotFound(what="webhook")
        return endpoint

    @extend_schema(responses=dict[str, Any])
    def get(self, request: Request, sid: str) -> Response:
        """Show an endpoint with its last 50 deliveries."""
        endpoint = self._endpoint(sid)
        deliveries = Delivery.objects.for_account(self.account).filter(endpoint=endpoint)
        rows = deliveries.newest_first()[:50].values(
            "sid", "event", "state", "attempts", "last_status", "last_error"
        )
        return Response(_present(endpoint) | {"deliveries": list(rows)})

    @extend_schema(responses={204: None})
    def delete(self, request: Request, sid: str) -> Response:
        """Remove an endpoint; what waits for it is not delivered."""
        self._endpoint(sid).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)
