"""Telephone numbers: read as people write them, kept as E.164, judged before anything is sent or dialled.

libphonenumber does the parsing; this module adds what it is too lenient about. Left alone it reads letters as
keypad digits (``1800-XXX-XXXX`` becomes a valid toll-free number) and glues two numbers in one field together.

Sources: ITU-T E.164; RFC 3966 (``tel:`` URIs); Unicode TR 15 (NFKC); the ``phonenumbers`` package, whose names
for the kinds of number are used as they are. Metadata lags the regulators, so a number that is possible but
not valid is accepted: only an impossible one is refused.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar, Final, TypedDict

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType, ValidationResult, shortnumberinfo

from core.errors import DomainError

LONGEST_INPUT: Final = 250
SHOWN_CHARACTERS: Final = 40

_EXTENSION: Final = re.compile(r"\s*(?:;ext=|,?\s*\bext\.?|\s+x|\s+#)\s*\d{1,7}$", re.IGNORECASE)
_PHONE_CONTEXT: Final = re.compile(r"^([^;]+);phone-context=(\+\d{1,4})$", re.IGNORECASE)
_SPELLING: Final = re.compile(r"[(\[\s]*\+?[0-9()\[\] .~\u2010-\u2015\u2212-]*")

_KEYPAD: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_WITHHELD_WORDS: Final = frozenset(
    {"ANONYMOUS", "RESTRICTED", "UNKNOWN", "UNAVAILABLE", "PRIVATE", "BLOCKED", "WITHHELD"}
)
_WITHHELD: Final = _WITHHELD_WORDS | {"", *("+" + word.translate(_KEYPAD) for word in _WITHHELD_WORDS)}

_TYPE_NAMES: Final[dict[int, str]] = {
    value: name for name, value in vars(PhoneNumberType).items() if name.isupper() and isinstance(value, int)
}
_GETS_SMS: Final = frozenset({"MOBILE", "FIXED_LINE_OR_MOBILE"})
_REFUSED_TYPES: Final = {
    "PREMIUM_RATE": "phone.premium_rate",
    "SHARED_COST": "phone.shared_cost",
    "PERSONAL_NUMBER": "phone.personal_number",
    "FIXED_LINE": "phone.landline",
    "TOLL_FREE": "phone.toll_free",
    "UAN": "phone.landline",
    "VOICEMAIL": "phone.landline",
}
_NO_COUNTRY: Final = "001"


class NotAPhoneNumber(DomainError):
    """The text is not one telephone number."""

    code: ClassVar[str] = "phone.not_a_number"
    message: ClassVar[str] = '"{value}" is not a telephone number: {problem}. {remedy}'


class ImpossibleNumber(DomainError):
    """The text reads as a number, but no number of its country has that many digits."""

    code: ClassVar[str] = "phone.impossible"
    message: ClassVar[str] = '"{value}" cannot be a telephone number: it is {problem}. {remedy}'


class ShortNumber(DomainError):
    """A service number such as 1909, which works only inside one country's networks."""

    code: ClassVar[str] = "phone.short_number"
    message: ClassVar[str] = (
        '"{value}" is a short service number of {region}. Give a full number with its country code.'
    )


class EmergencyNumber(DomainError):
    """A number of the emergency services, which a flow must never dial or text."""

    code: ClassVar[str] = "phone.emergency"
    message: ClassVar[str] = '"{value}" is an emergency number of {region}. Give a full number; flows never use it.'


class UnknownRegion(DomainError):
    """The default region is not a country that libphonenumber knows."""

    code: ClassVar[str] = "phone.unknown_region"
    message: ClassVar[str] = '"{region}" is not a country. Give its two ISO 3166 letters, for example IN.'


class NumberFacts(TypedDict):
    """What ``GET /api/v1/numbers/lookup`` answers."""

    valid: bool
    possible: bool
    e164: str | None
    type: str
    country: str | None
    location: str


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """One parsed number. ``possible``: the length fits; ``valid``: it lies in an allocated range."""

    e164: str
    type: str
    """libphonenumber's name of the kind: MOBILE, FIXED_LINE, FIXED_LINE_OR_MOBILE, TOLL_FREE, ... UNKNOWN."""
    country: str | None
    """ISO 3166 letters, 001 for satellite and other global services, None if several countries share the code."""
    location: str
    """The area in English, such as Mumbai, else the country; empty when unknown."""
    valid: bool
    possible: bool

    @property
    def can_receive_sms(self) -> bool:
        """Whether the number is, or may be, a mobile."""
        return self.type in _GETS_SMS


def parse(value: str, region: str = "IN") -> PhoneNumber:
    """Read one number; ``region`` is the country of numbers written without a country code.

    Raises:
        NotAPhoneNumber: empty, withheld, two numbers, letters, or no number at all.
        ImpossibleNumber: too short or too long for its country.
        ShortNumber, EmergencyNumber: a service number of ``region``.
        UnknownRegion: ``region`` is not a country.
    """
    number = _read(value, region)
    if not number.possible:
        raise _why_impossible(value, region.upper())
    return number


def parse_e164(value: str, region: str = "IN") -> str:
    """Read one number and give it as ``+`` and digits. Raises as ``parse`` does."""
    return parse(value, region).e164


def caller(value: str, region: str = "IN") -> PhoneNumber | None:
    """Read a caller as a carrier reports it; None when unknown: withheld, a SIP address or no number."""
    if is_withheld(value):
        return None
    try:
        return parse(value, region)
    except DomainError:
        return None


def is_withheld(value: str) -> bool:
    """Whether a carrier's caller field says that the number is hidden.

    Some carriers spell ANONYMOUS, BLOCKED and the like on the keypad: +266696687, +2562533.
    Source: Twilio help, "Why am I getting calls from these strange numbers?".
    """
    return _cleaned(value[:LONGEST_INPUT]).upper() in _WITHHELD


def lookup(value: str, region: str = "IN") -> NumberFacts:
    """Tell what is known about a text; a bad number is an answer too. Raises UnknownRegion only.

    ``e164``, ``country`` and ``location`` are given for valid numbers only: for others they would be guesses.
    """
    try:
        number = _read(value, region)
    except (NotAPhoneNumber, ImpossibleNumber):
        return NumberFacts(
            valid=False, possible=False, e164=None, type="UNKNOWN", country=None, location=""
        )
    return NumberFacts(
        valid=number.valid,
        possible=number.possible,
        e164=number.e164 if number.valid else None,
        type=number.type,
        country=number.country if number.valid else None,
        location=number.location if number.valid else "",
    )


def refusal_for_sms(number: PhoneNumber) -> str | None:
    """Give the stable reason not to text a number, or None.

    Premium, shared-cost, personal and satellite numbers are how toll fraud is paid; landlines and toll-free
    numbers do not receive SMS. A kind that libphonenumber does not know is let through.
    """
    if not number.possible:
        return ImpossibleNumber.code
    if number.type in _REFUSED_TYPES:
        return _REFUSED_TYPES[number.type]
    return "phone.satellite" if number.country == _NO_COUNTRY else None


def mask(e164: str) -> str:
    """Hide the middle of a number for lists and logs: ``+91 98•••• 3210``."""
    try:
        number = phonenumbers.parse(e164)
    except NumberParseException:
        return "••••"
    digits = phonenumbers.national_significant_number(number)
    shown = max(0, len(digits) - 4)
    tail = min(4, shown)
    head = min(2, shown - tail)
    return f"+{number.country_code} {digits[:head]}•••• {digits[len(digits) - tail :]}".rstrip()


def from_query(value: str) -> str:
    """Undo what form decoding does to an unescaped ``+`` in a query: one space before a digit."""
    return f"+{value[1:]}" if value[:1] == " " and value[1:2].isdecimal() else value


def _read(value: str, region: str) -> PhoneNumber:
    region = region.upper()
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise UnknownRegion(region=_shown(region))
    spelling = _spelling(value)
    try:
        number = phonenumbers.parse(spelling, region)
    except NumberParseException as error:
        raise _refusal_of(error, value) from error
    possible = phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    return PhoneNumber(
        e164=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        type=_TYPE_NAMES[phonenumbers.number_type(number)],
        country=_country_of(number),
        location=_location_of(number),
        valid=phonenumbers.is_valid_number(number),
        possible=possible,
    )
