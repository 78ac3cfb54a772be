"""Links and numbers as the whitelist has them: of which kind they are, what is wrong, how they are compared.

Pure. The kinds and their checks are those of the portals: https://msg91.com/help/how-to-whitelist-urls-and-callback-numbers-on-dlt.
One operator at least ignores scheme, "www." and the last slash, so the compared form has none of them.
"""

from __future__ import annotations

import re
from typing import Final

from dlt.models.ctas import Cta

Kind = Cta.Kind
LONGEST: Final = 250
LINKS: Final = frozenset({Kind.URL_STATIC, Kind.URL_DYNAMIC, Kind.APK, Kind.WHATSAPP})
NUMBERS: Final = frozenset({Kind.MOBILE, Kind.LANDLINE, Kind.TOLL_FREE, Kind.SERIES})

_SCHEME: Final = re.compile(r"https?://", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\+?[0-9][0-9 ().-]*", re.ASCII)
_EMAIL: Final = re.compile(r"[^@\s/]+@[^@\s/]+\.[^@\s/.]{2,}")
_HOST: Final = re.compile(
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_](?::\d{1,5})?"
)
_WHATSAPP: Final = re.compile(r"wa\.me/91[6-9]\d{9}", re.ASCII)
_TOLL_FREE: Final = re.compile(r"(?:1800|1860)\d{4,7}", re.ASCII)
_SERIES: Final = re.compile(r"1[46]0\d{7}", re.ASCII)


def kind_of(value: str) -> Kind | None:
    """Return what a value is, or None when it is neither a link nor a number nor an address."""
    value = value.strip()
    if _NUMBER.fullmatch(value):
        return _kind_of_number(number_key(value))
    if _EMAIL.fullmatch(value):
        return Kind.EMAIL
    link = link_key(value)
    if link.startswith("wa.me/"):
        return Kind.WHATSAPP
    if link.lower().endswith(".apk"):
        return Kind.APK
    if not _HOST.fullmatch(_host(link)):
        return None
    return Kind.URL_DYNAMIC if "?" in link else Kind.URL_STATIC


def _kind_of_number(digits: str) -> Kind | None:
    if _TOLL_FREE.fullmatch(digits):
        return Kind.TOLL_FREE
    if _SERIES.fullmatch(digits):
        return Kind.SERIES
    if len(digits) != 10:
        return None
    return Kind.MOBILE if digits[0] in "6789" else Kind.LANDLINE


def problem_with(value: str, kind: str = "") -> str:
    """Return why a portal would refuse the value, as one of this kind when given; or nothing."""
    value = value.strip()
    if not value:
        return "Write the link or number as the portal shows it."
    if len(value) > LONGEST:
        return f"A link has {LONGEST} characters at most; this one has {len(value)}."
    found = kind_of(value)
    if found is None:
        return _nothing_known(value)
    problem = _PROBLEMS.get(found, _no_problem)(value)
    if problem or kind in ("", found):
        return problem
    if found in _ALIKE and kind in _ALIKE:  # an operator's list may count one as the other
        return ""
    return f"This looks like: {found.label}. You chose: {Kind(kind).label}."


# Both have 10 digits; numbers moved between networks, so the first digit proves little.
_ALIKE: Final = frozenset({Kind.MOBILE, Kind.LANDLINE})


def _nothing_known(value: str) -> str:
    if _NUMBER.fullmatch(value):
        return (
            "This is no Indian number: a mobile number or landline has 10 digits, a toll-free one starts"
            " with 1800 or 1860 and has 8 to 11, and one of the 140 or 160 series has 10."
        )
    return "This is neither a link (such as https://acme.example/pay) nor a number nor an e-mail address."


def _bad_link(value: str) -> str:
    link = link_key(value)
    if re.search(r"\s", value):
        return "A link has no spaces."
    if not _HOST.fullmatch(_host(link)):
        return "A link starts with a host such as acme.example."
    before, mark, after = link.partition("?")
    if mark and after:
        return f"Register a link that varies only up to its question mark: {before}?"
    return ""


def _bad_apk(value: str) -> str:
    return _bad_link(value) or ("A link to an app has no “?”." if "?" in value else "")


def _bad_whatsapp(value: str) -> str:
    if _WHATSAPP.fullmatch(link_key(value)):
        return ""
    return "A WhatsApp link is wa.me/91 and the 10 digits of a mobile number."


def _no_problem(_: str) -> str:
    return ""


_PROBLEMS: Final = {
    Kind.URL_STATIC: _bad_link,
    Kind.URL_DYNAMIC: _bad_link,
    Kind.APK: _bad_apk,
    Kind.WHATSAPP: _bad_whatsapp,
}


def compared(value: str, kind: str) -> str:
    """Return the value as it is compared; ``kind`` says what it is."""
    if kind in NUMBERS:
        return number_key(value)
    return value.strip().lower() if kind == Kind.EMAIL else link_key(value)


def link_key(link: str) -> str:
    """Return a link without scheme, "www." and last slash, its host in lower case; the path as it is."""
    rest = _SCHEME.sub("", link.strip(), count=1)
    host = _host(rest)
    path = rest[len(host) :]
    host = host.lower().removeprefix("www.")
    before, mark, after = path.partition("?")
    return host + (path.rstrip("/") if not mark else f"{before}?{after}")


def number_key(number: str) -> str:
    """Return a number's digits without the prefix of the country or of long distance."""
    digits = re.sub(r"\D", "", number, flags=re.ASCII)
    if len(digits) == 12 and digits.startswith("91"):
        return digits[2:]
    if digits.startswith(("911800", "911860")):
        return digits[2:]
    return digits.removeprefix("0")


def _host(link: str) -> str:
    return re.split(r"[/?#]", link, maxsplit=1)[0]
