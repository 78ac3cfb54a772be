"""Is a link, number or address of a message on the whitelist? Pure, as operators compare.

A fixed link must be equal; a dynamic one ends with "?" and only what follows may vary. Scheme, "www." and
the last slash do not count; the host counts as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dlt.contacts import Contact, What
from dlt.cta import LINKS, NUMBERS, link_key, number_key
from dlt.models.ctas import Cta
from dlt.models.states import SENDABLE


class Entry(Protocol):
    """A row of the whitelist."""

    @property
    def kind(self) -> str: ...

    @property
    def value(self) -> str: ...

    @property
    def compared(self) -> str: ...

    @property
    def state(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Judgement:
    """``entry``: the row that decided. ``advice``: what is different, and the remedy."""

    allowed: bool
    advice: str = ""
    entry: Entry | None = None


def keys_of(contact: Contact) -> list[str]:
    """Return what ``Cta.compared`` may start with for this contact: its number, address or host."""
    if contact.what is What.NUMBER:
        return [number_key(contact.text)]
    if contact.what is What.EMAIL:
        return [contact.text.lower()]
    return [_host(link_key(contact.text))]


def judge(contact: Contact, entries: Sequence[Entry]) -> Judgement:
    """Look a contact up; entries that are not approved say so."""
    if contact.what is What.LINK:
        return _link(contact.text, [e for e in entries if e.kind in LINKS])
    if contact.what is What.NUMBER:
        key, rows = number_key(contact.text), [e for e in entries if e.kind in NUMBERS]
    else:
        key, rows = contact.text.lower(), [e for e in entries if e.kind == Cta.Kind.EMAIL]
    same = [entry for entry in rows if entry.compared == key]
    return _among(same) or Judgement(allowed=False, advice="Register it as call-to-action.")


def _among(entries: Sequence[Entry]) -> Judgement | None:
    """Return the verdict of entries that fit; an approved one goes first."""
    approved = next((entry for entry in entries if entry.state in SENDABLE), None)
    if approved:
        return Judgement(allowed=True, entry=approved)
    if entries:
        state = entries[0].state.replace("_", " ")
        advice = f"“{entries[0].value}” is registered but {state}; only an approved one counts."
        return Judgement(allowed=False, advice=advice, entry=entries[0])
    return None


def _link(text: str, entries: Sequence[Entry]) -> Judgement:
    key = link_key(text)
    before, mark, _ = key.partition("?")
    fits = [e for e in entries if e.compared == key or (mark and e.compared == f"{before}?")]
    decided = _among(fits)
    if decided is None:
        return Judgement(allowed=False, advice=_why_not(key, entries))
    if decided.allowed and decided.entry and not _same_start(text, decided.entry.value):
        advice = f"Registered as “{decided.entry.value}”; most operators ignore “http” and “www.”."
        return Judgement(allowed=True, advice=advice, entry=decided.entry)
    return decided


def _same_start(text: str, registered: str) -> bool:
    return text.lower().startswith(registered.rstrip("/?").lower()[: len("https://www.")])


def _why_not(key: str, entries: Sequence[Entry]) -> str:
    """Name the nearest registered link and what to change."""
    host, (before, mark, _) = _host(key), key.partition("?")
    own = [entry for entry in entries if _host(entry.compared) == host]
    if mark and any(entry.compared == before for entry in own):
        return (
            f"“{before}” is registered as a fixed link, without “?”."
            f" Register “{before}?” as a dynamic link."
        )
    for entry in own:
        start = entry.compared.removesuffix("?")
        if entry.compared.endswith("?") and before.startswith(f"{start}/"):
            return (
                f"Only what follows “{start}?” may vary. Register “{before}” as a fixed link,"
                " or move the value behind the “?”."
            )
    if own:
        return f"“{own[0].value}” is registered; this is another path. Register this link too."
    return f"No link of {host} is registered. Register it under DLT registry, Links and numbers."


def _host(key: str) -> str:
    return key.replace("?", "/").replace("#", "/").partition("/")[0]
