"""Flows and recordings that settings name by their id, told by their name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from accounts.models import Account
from flows.diff import Changes
from flows.models import Audio, Flow

_OURS = ("flw", "aud")


def with_names(account: Account, changes: Changes) -> Changes:
    """Return changes whose words name the account's flows and recordings; their values keep the ids."""
    settings = [setting for change in changes.applets for setting in change.settings]
    names = _names(account, (words for s in settings for words in (s.old_words, s.new_words)))
    if not names:
        return changes
    applets = tuple(
        replace(
            change,
            settings=tuple(
                replace(
                    setting,
                    old_words=names.get(setting.old_words, setting.old_words),
                    new_words=names.get(setting.new_words, setting.new_words),
                )
                for setting in change.settings
            ),
        )
        for change in changes.applets
    )
    return replace(changes, applets=applets)


def conflicts_with_names(account: Account, conflicts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Do the same to both sides of conflicts."""
    rows = [row for conflict in conflicts for row in conflict["rows"]]
    names = _names(account, (row[side] for row in rows for side in ("mine", "theirs")))
    for row in rows:
        for side in ("mine", "theirs"):
            row[side] = names.get(row[side], row[side])
    return conflicts


def _names(account: Account, words: Iterable[str]) -> Mapping[str, str]:
    sids = {word for word in words if word.startswith(_OURS)}
    if not sids:
        return {}
    flows = Flow.objects.for_account(account).filter(sid__in=sids).values_list("sid", "name")
    audio = Audio.objects.for_account(account).filter(sid__in=sids).values_list("sid", "name")
    return {**dict(flows), **dict(audio)}
