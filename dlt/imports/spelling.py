"""The words of portals and providers for what we store by our own.

An unknown word is never guessed: the functions return an empty text, and the row says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from dlt.models import Category, ContentTemplate, Cta, Header, RecordState, Telemarketer


def _plain(word: str) -> str:
    return re.sub(r"[\W_]+", " ", word.casefold()).strip()


_CATEGORIES: Final = {
    Category.TRANSACTIONAL: "t|txn|trans|transactional|transaction|otp|transactional otp",
    Category.SERVICE_IMPLICIT: "si|service implicit|implicit|service inferred|serviceimplicit|"
    "service implict|service|s|service implicit si",
    Category.SERVICE_EXPLICIT: "se|service explicit|explicit|serviceexplicit|service explicit se|"
    "transactional opt in",
    Category.PROMOTIONAL: "p|pml|promo|promotional|promotion",
    Category.GOVERNMENT: "g|gov|govt|government",
}
_CONTENT_TYPES: Final = {
    ContentTemplate.ContentType.TEXT: "text|plain|plain text|english|gsm|gsm 7|gsm7|0|false|no|n",
    ContentTemplate.ContentType.UNICODE: "unicode|uc|ucs2|ucs 2|regional|1|true|yes|y|8",
}
_HEADER_KINDS: Final = {
    Header.Kind.OTHER: "other|others|service and transactional|service|transactional|trans|t|s|si|se|"
    "service implicit|service explicit|non promotional|o",
    Header.Kind.PROMOTIONAL: "promotional|promo|p|pml",
    Header.Kind.GOVERNMENT: "government|gov|govt|g",
}
_ROLES: Final = {
    Telemarketer.Role.AGGREGATION: "af|tm af|aggregation|aggregator|aggregation tm af|aggregation function",
    Telemarketer.Role.DELIVERY: "df|tm df|delivery|delivery tm df|delivery function|tm|telemarketer",
}
_CTA_KINDS: Final = {
    Cta.Kind.URL_STATIC: "url static|static|static url|link fixed|url|fixed|website",
    Cta.Kind.URL_DYNAMIC: "url dynamic|dynamic|dynamic url|link dynamic ends with|short url",
    Cta.Kind.APK: "apk|app|app file apk|ott|ott link|app link",
    Cta.Kind.WHATSAPP: "whatsapp|whatsapp link|whatsapp url|wa me",
    Cta.Kind.MOBILE: "mobile|mobile number",
    Cta.Kind.LANDLINE: "landline|land line|landline number|fixed line",
    Cta.Kind.TOLL_FREE: "toll free|tollfree|toll free 1800 1860|1800|1860",
    Cta.Kind.SERIES: "series|140 or 160 series|140 series|160 series|140|160|1600",
    Cta.Kind.EMAIL: "email|e mail|e mail address|email address|email id",
}
# The portals' words; "pending" stands for "not decided there yet".
_STATES: Final = {
    RecordState.APPROVED: "approved|registered|active|a|live|success|whitelisted|verified|1|enabled|"
    "approve|completed",
    RecordState.PENDING: "pending|pending approval|submitted|in process|in progress|under review|new|0|"
    "requested|processing|waiting|on hold",
    RecordState.DRAFT: "draft",
    RecordState.REJECTED: "rejected|declined|failed|denied|disapproved|r",
    RecordState.INACTIVE: "inactive|in active|deactivated|disabled|de active|deactive|i|surrendered|"
    "deleted|revoked",
    RecordState.SUSPENDED_CUSTOMER: "suspended|suspended customer|suspended by customer|hold",
    RecordState.SUSPENDED_USAGE: "suspended usage|suspended unused|suspended due to usage|"
    "suspended by usage|unused",
    RecordState.SUSPENDED_VALIDITY: "suspended validity|suspended due to validity|suspended by validity",
    RecordState.BLACKLISTED: "blacklisted|blacklist|black listed|blocked|b",
    RecordState.EXPIRED: "expired|validity expired",
    RecordState.SUPERSEDED: "superseded",
    RecordState.RETIRED: "retired",
}


def _by_word(table: Mapping[Any, str]) -> dict[str, str]:
    return {word: str(value) for value, words in table.items() for word in words.split("|")}


_category = _by_word(_CATEGORIES)
_content_type = _by_word(_CONTENT_TYPES)
_header_kind = _by_word(_HEADER_KINDS)
_role = _by_word(_ROLES)
_cta_kind = _by_word(_CTA_KINDS)
_state = _by_word(_STATES)


def category(word: str) -> str:
    return _category.get(_plain(word), "")


def content_type(word: str) -> str:
    return _content_type.get(_plain(word), "")


def header_kind(word: str) -> str:
    return _header_kind.get(_plain(word), "")


def role(word: str) -> str:
    return _role.get(_plain(word), "")


def cta_kind(word: str) -> str:
    return _cta_kind.get(_plain(word), "")


def state(word: str) -> str:
    return _state.get(_plain(word), "")


def several(cell: str) -> list[str]:
    """Return the values of a cell that holds several, each once, in their order."""
    return list(dict.fromkeys(part.strip() for part in re.split(r"[,;|\n]", cell) if part.strip()))


_DATES: Final = (
    "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%d-%b-%Y", "%d %b %Y",
    "%d %B %Y", "%d-%b-%y", "%Y/%m/%d", "%d-%B-%Y", "%b %d %Y", "%b %d, %Y",
)  # fmt: skip
_TIMES: Final = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")


def moment(cell: str, zone: ZoneInfo) -> datetime | None:
    """Return the time a cell names; without an offset it is the account's. Days stand before months."""
    text = " ".join(cell.split())
    found = _iso(text) or _written_out(text)
    if found is None:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _written_out(text: str) -> datetime | None:
    for day in _DATES:
        for clock in _TIMES:
            try:
                return datetime.strptime(text, day + clock)  # noqa: DTZ007 -- moment() adds the zone
            except ValueError:
                continue
    return None


def serial(number: str, zone: ZoneInfo, *, since_1904: bool) -> datetime | None:
    """Return the time a spreadsheet keeps as days since 1900, or since 1904 on old Macs."""
    try:
        days = float(number)
    except ValueError:
        return None
    if not 1 <= days < 200_000:
        return None
    epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 -- as above
    seconds = round(days * 86_400)
    return (epoch + timedelta(seconds=seconds)).replace(tzinfo=zone).astimezone(UTC)
