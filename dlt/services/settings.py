"""An account's choices where operators and sources differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from django.db import transaction

from accounts.audit import record
from accounts.caller import Caller
from accounts.models import Account, Role
from core.errors import DomainError
from dlt.matcher import Limits
from dlt.matcher.limits import DEFAULT_LIMITS
from dlt.models import DltSettings
from dlt.operators import OPERATORS
from dlt.stamps import next_stamp

LINE_BREAKS: Final = ("lf", "crlf")
LONGEST_SLA: Final = 24 * 30
LONGEST_IDLE: Final = 365
CHECKS: Final = ("chain_check", "cta_check", "dnd_check", "consent_check")
TARGET: Final = "dlt settings"
_RULES: Final = frozenset({"limits", "profiles"})


class BadSetting(DomainError):
    code = "dlt.bad_setting"
    message = "{problem}"


def _bad(field: str, problem: str) -> BadSetting:
    return BadSetting(field=field, problem=problem)


def settings_of(account: Account) -> DltSettings:
    """Return an account's choices; the defaults when it made none."""
    return DltSettings.objects.filter(pk=account.pk).first() or DltSettings(account=account)


@transaction.atomic
def change_settings(*, caller: Caller, changes: Mapping[str, Any], now: datetime) -> DltSettings:
    """Change some of an account's choices; raises NotAllowed, BadSetting.

    Other limits make other templates match, so they take a new number of ``dlt.stamps``.
    """
    caller.require(Role.ADMIN, "change the DLT settings")
    for name, value in changes.items():
        if name not in _CHECKED:
            raise _bad(name, f"There is no setting “{name[:40]}”. Known: {', '.join(_CHECKED)}.")
        _CHECKED[name](name, value)
    row, _ = DltSettings.objects.select_for_update().get_or_create(account=caller.account)
    changed = {name: value for name, value in changes.items() if getattr(row, name) != value}
    told = {name: [_told(getattr(row, name)), _told(value)] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(row, name, value)
    _check_together(row)
    if not changed:
        return row
    if _RULES & changed.keys():
        row.rules_stamp = next_stamp(caller.account)
    row.save()
    record(caller=caller, action="dlt.settings_changed", target=TARGET, at=now, changes=told)
    return row


def _told(value: object) -> object:
    return value.isoformat("minutes") if isinstance(value, time) else value


def _check_together(row: DltSettings) -> None:
    if row.promo_from >= row.promo_to:
        raise _bad("promo_to", "The promotional window must end after it begins.")


def _limits(field: str, value: Any) -> None:
    try:
        Limits.from_mapping(value)
    except ValueError as error:
        raise _bad(field, str(error)) from None


def _profiles(field: str, value: Any) -> None:
    if not isinstance(value, Mapping):
        raise _bad(field, "Profiles are a table of operators.")
    for operator, profile in value.items():
        if operator not in OPERATORS:
            known = ", ".join(OPERATORS)
            raise _bad(field, f"There is no operator “{str(operator)[:40]}”. Known: {known}.")
        _profile(field, OPERATORS[operator].name, profile)


def _profile(field: str, name: str, profile: Any) -> None:
    if not isinstance(profile, Mapping) or profile.keys() - {"limits", "line_break"}:
        raise _bad(field, f"The profile of {name} has “limits” and “line_break”, nothing else.")
    if profile.get("line_break", "lf") not in LINE_BREAKS:
        raise _bad(field, f"The line break of {name} is one of: {', '.join(LINE_BREAKS)}.")
    try:
        DEFAULT_LIMITS.with_(profile.get("limits", {}))
    except ValueError as error:
        raise _bad(field, f"{name}: {error}") from None


def _check(field: str, value: Any) -> None:
    if value not in DltSettings.Check.values:
        known = ", ".join(DltSettings.Check.values)
        raise _bad(field, f"A check is one of: {known}.")


def _time(field: str, value: Any) -> None:
    if not isinstance(value, time) or value.tzinfo:
        raise _bad(field, "Give a time of day such as 10:00.")


def _zone(field: str, value: Any) -> None:
    if value not in available_timezones() or not ZoneInfo(value):
        raise _bad(field, f"There is no time zone “{str(value)[:40]}”. One is Asia/Kolkata.")


def _yes_or_no(field: str, value: Any) -> None:
    if not isinstance(value, bool):
        raise _bad(field, "Give true or false.")


def _between(least: int, most: int) -> Callable[[str, Any], None]:
    def checked(field: str, value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise _bad(field, f"Give a whole number from {least} to {most}.")

    return checked


_CHECKED: Final[dict[str, Callable[[str, Any], None]]] = {
    "limits": _limits,
    "profiles": _profiles,
    **dict.fromkeys(CHECKS, _check),
    "promo_from": _time,
    "promo_to": _time,
    "promo_zone": _zone,
    "explicit_in_window": _yes_or_no,
    "government_in_window": _yes_or_no,
    "sla_hours": _between(1, LONGEST_SLA),
    "idle_days": _between(1, LONGEST_IDLE),
}
NAMES: Final = tuple(_CHECKED)
