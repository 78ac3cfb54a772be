"""Which applets there are. Fails loudly: at the start, and by naming what it knows."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import Any, Final, TypeVar

from applets.base import CATEGORIES, Applet, Port, PortForEach

_SLUG: Final = re.compile(r"[a-z][a-z0-9_]{1,39}", re.ASCII)
_MOST_PORT_CHARACTERS: Final = 40

_applets: dict[str, Applet[Any]] = {}

A = TypeVar("A", bound=type[Applet[Any]])


class UnknownApplet(LookupError):
    """No applet has this slug."""


class BadApplet(TypeError):
    """An applet's declaration breaks the contract; the process must not start with it."""


def register(applet_class: A) -> A:
    """Add an applet type. Raises BadApplet when the declaration is wrong or the slug is taken."""
    applet = applet_class()
    fault = _fault(applet)
    if fault:
        raise BadApplet(f"{applet_class.__module__}.{applet_class.__name__}: {fault}")
    _applets[applet.slug] = applet
    return applet_class


def get(slug: str) -> Applet[Any]:
    """Return an applet by slug. Raises UnknownApplet, naming those it knows."""
    try:
        return _applets[slug]
    except KeyError:
        known = ", ".join(sorted(_applets))
        raise UnknownApplet(f"No applet type {slug!r}. Known types: {known}.") from None


def find(slug: str) -> Applet[Any] | None:
    """Return an applet by slug, or None: for graphs, which may hold types of other
    installations."""
    return _applets.get(slug)


def all_applets() -> tuple[Applet[Any], ...]:
    """Return the applets in the order of the palette."""
    order = list(CATEGORIES)
    return tuple(sorted(_applets.values(), key=lambda a: (order.index(a.category), a.slug)))


def load_all() -> None:
    """Import every module of ``applets.types``; an error in one of them stops the start."""
    package = importlib.import_module("applets.types")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"applets.types.{module.name}")


def _fault(applet: Applet[Any]) -> str:
    """Return what is wrong with a declaration, or an empty text."""
    for name in ("slug", "label", "category", "icon", "settings_model"):
        if not hasattr(applet, name):
            return f"it declares no {name}"
    if not _SLUG.fullmatch(applet.slug):
        return f"slug {applet.slug!r} must be 2 to 40 lower-case letters, digits and underscores"
    if applet.slug in _applets:
        return f"slug {applet.slug!r} is taken by {type(_applets[applet.slug]).__name__}"
    if applet.category not in CATEGORIES:
        return f"category {applet.category!r} is none of {', '.join(CATEGORIES)}"
    if not applet.__doc__:
        return "it has no docstring to describe it in the palette"
    return _port_fault(applet)


def _setting_fault(applet: Applet[Any]) -> str:
    known = applet.settings_model.model_fields
    for port in applet.ports:
        if isinstance(port, PortForEach) and port.setting not in known:
            return f"its ports come from the setting {port.setting!r}, which it does not have"
        if port.when and port.when[0] not in known:
            return f"a port depends on the setting {port.when[0]!r}, which it does not have"
    return ""


def _port_fault(applet: Applet[Any]) -> str:
    names = [port.name for port in applet.ports if isinstance(port, Port)]
    if len(set(names)) != len(names):
        return f"two ports share a name: {', '.join(names)}"
    if any(len(name) > _MOST_PORT_CHARACTERS for name in names):
        return f"a port's name is longer than {_MOST_PORT_CHARACTERS} characters"
    if fault := _setting_fault(applet):
        return fault
    for port in (applet.port_without_caller, applet.port_on_failure):
        if port is not None and port not in names:
            return f"it goes on through {port!r}, which is not one of its ports"
    return ""
