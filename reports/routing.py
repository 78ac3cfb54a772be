"""WebSocket paths."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.consumers import AccountConsumer

websocket_urlpatterns: list[URLPattern] = [
    path("ws/account/", AccountConsumer.as_asgi()),
]
