"""Every address of the product, read from the URL patterns themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("get", "post", "put", "patch", "delete")
UNSAFE = METHODS[1:]
API = ("api/", "v2.0/")

DESCRIPTIONS = {"api/v1/schema/", "api/v1/docs/"}
PROBES = {"healthz", "readyz"}
# Nobody signs in for these: probes, the sign-in itself, the API's description, carriers' hooks behind
# an unguessable token, and the demo's stand-in for a customer's server.
PUBLIC = {
    *PROBES,
    "sign-in/",
    *DESCRIPTIONS,
    "gateways/<slug:gateway>/<str:token>/receipts",
    "audio/<str:token>.wav",
    "demo/appointments",
    "demo/survey",
}
# They answer every method with the address of a page, which has its own door.
SIGNPOSTS = {"", "dlt/", "settings/", "reports/"}
# A POST that stores nothing: whoever may look may ask.
STATELESS = {
    "api/v1/dlt/check",
    "api/v1/dlt/match",
    "api/v1/dlt/scrub",
    "api/v1/sms/preview",
    "api/v1/flows/validate",
    "api/v1/expressions/check",
    "api/v1/flows/<str:sid>/tests/try",
    "api/v1/calls/<str:sid>/replay",
    "api/v1/notices/read",  # of what is meant for others, nothing
    "api/v1/dlt/lint",
    "dlt/templates/checks/",
}
# Their parameters are a registry and a format; what comes is of the caller's own account.
NAMES_NO_OBJECT = {
    "dlt/export/<slug:slug>.<slug:form>",
    "api/v1/dlt/exports/<slug:slug>.<slug:form>",
}
# What concerns nobody but the person: leaving, choosing one of the own accounts, having read.
OWN_SESSION = {"sign-out/", "settings/account/", "notices/read/"}


@dataclass(frozen=True, slots=True)
class Door:
    """One route, with the addresses that lead to example objects through it."""

    route: str
    addresses: tuple[str, ...]

    @property
    def is_api(self) -> bool:
        return self.route.startswith(API)

    @property
    def names_an_object(self) -> bool:
        return "<" in self.route and self.route not in NAMES_NO_OBJECT


class NoExample(AssertionError):
    """A route has a parameter for which tests/security/world.py builds no object."""


def routes() -> list[str]:
    return sorted(_below("", get_resolver().url_patterns))


def _below(start: str, patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        route = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _below(route, pattern.url_patterns)
        else:
            yield route


def doors(examples: dict[str, list[str]], known: Iterable[str] | None = None) -> list[Door]:
    """Fill the routes in. ``examples``: the start of a route, parameter included, to real addresses."""
    return [_door(route, examples) for route in (routes() if known is None else known)]


def _door(route: str, examples: dict[str, list[str]]) -> Door:
    starts = [start for start in examples if route.startswith(start)]
    best = max(starts, key=len, default="")
    filled = [route.replace(best, real, 1) for real in examples[best]] if best else [route]
    if any("<" in address for address in filled):
        raise NoExample(
            f"No example object for the route {route!r}: build one in tests/security/world.py,"
            " so that strangers, viewers and other accounts are tried at this door."
        )
    return Door(route, tuple(f"/{address}" for address in filled))
