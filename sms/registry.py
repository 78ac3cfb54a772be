"""Which gateways there are, and which one carries a message."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from django.conf import settings

from core.errors import DomainError
from sms import gateways
from sms.gateway import Gateway
from sms.models import Message


class UnknownGateway(DomainError):
    code = "sms.unknown_gateway"
    message = "No gateway {slug!r}. Known gateways: {known}."
    status = 404


@cache
def known_gateways() -> dict[str, Gateway]:
    """Return every gateway of the folder ``sms/gateways`` by slug."""
    found: dict[str, Gateway] = {}
    for module in pkgutil.iter_modules(gateways.__path__):
        gateway: Gateway = import_module(f"{gateways.__name__}.{module.name}").gateway
        if gateway.slug in found:
            raise RuntimeError(f"Two gateways claim the slug {gateway.slug!r}.")
        found[gateway.slug] = gateway
    return found


def gateway_named(slug: str) -> Gateway:
    """Return a gateway; raises UnknownGateway, which names the known ones."""
    try:
        return known_gateways()[slug]
    except KeyError:
        raise UnknownGateway(slug=slug, known=", ".join(sorted(known_gateways()))) from None


def route(origin: str) -> str:
    """Return the slug of the gateway that carries a message; test calls never reach a real one."""
    slug = "simulator" if origin == Message.Origin.TEST_CALL else settings.SMS_GATEWAY
    gateway_named(slug)
    return slug
