"""Who uses a template. Apps above this one say so; this one knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from accounts.models import Account


@dataclass(frozen=True, slots=True)
class Use:
    """One place that names a template: a flow's applet."""

    template_id: str
    name: str  # of the flow
    link: str
    node: str
    live: bool  # calls run it, not only a draft


Provider = Callable[[Account, Sequence[str]], Iterable[Use]]
_providers: list[Provider] = []


def tell_uses_by(provider: Provider) -> None:
    """Let an app above answer for its own; called once as the app starts."""
    if provider not in _providers:
        _providers.append(provider)


def uses_of(account: Account, template_ids: Sequence[str]) -> list[Use]:
    """Return every use of the templates in this account, those in live flows first."""
    found = [use for provider in _providers for use in provider(account, template_ids)]
    return sorted(found, key=lambda use: (not use.live, use.name, use.node))
