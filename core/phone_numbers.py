"""Telephone numbers: kept as E.164, and judged before anything is sent or dialled.

The ``phonenumbers`` package (Google's libphonenumber) parses; its names for the kinds of number are
used as they are. Its metadata lags the regulators, so a number that is possible but not valid is
accepted, and only an impossible one is refused. Source of the form: ITU-T E.164.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final, TypedDict

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType, ValidationResult, shortnumberinfo

from core.errors import DomainError
from core.phone_spelling import (
    NotAPhoneNumber,
    from_query,
    is_withheld,
    not_a_number,
    shown,
    spelling_of,
)

__all__ = [
    "EmergencyNumber",
    "ImpossibleNumber",
    "NotAPhoneNumber",
    "NumberFacts",
    "PhoneNumber",
    "ShortNumber",
    "UnknownRegion",
    "caller",
    "from_query",
    "is_withheld",
    "lookup",
    "mask",
    "parse",
    "parse_e164",
    "refusal_for_sms",
]

_TYPE_NAMES: Final = {
    value: name
    for name, value in vars(PhoneNumberType).items()
    if name.isupper() and isinstance(value, int)
}
_GETS_SMS: Final = frozenset({"MOBILE", "FIXED_LINE_OR_MOBILE"})
_REFUSED_TYPES: Final = {
    "PREMIUM_RATE": "phone.premium_rate",
    "SHARED_COST": "phone.shared_cost",
    "PERSONAL_NUMBER": "phone.personal_number",
    "FIXED_LINE": "phone.landline",
    "UAN": "phone.landline",
    "VOICEMAIL": "phone.landline",
    "TOLL_FREE": "phone.toll_free",
}
_NO_COUNTRY: Final = "001"
_WRONG_LENGTHS: Final = {
    ValidationResult.TOO_SHORT: "too short",
    ValidationResult.TOO_LONG: "too long",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "without its area code",
    ValidationResult.INVALID_LENGTH: "of a length that no number there has",
}
_UNPARSABLE_LENGTHS: Final = {
    NumberParseException.TOO_SHORT_AFTER_IDD: "too short",
    NumberParseException.TOO_SHORT_NSN: "too short",
    NumberParseException.TOO_LONG: "too long",
}


class ImpossibleNumber(DomainError):
    """The text reads as a number, but no number of its country has that many digits."""

    code: ClassVar[str] = "phone.impossible"
    message: ClassVar[str] = (
        '"{value}" cannot be a telephone number: it is {problem}.'
        " Give all digits, best with + and country code."
    )


class ShortNumber(DomainError):
    """A service number such as 1909, which works only inside one country's networks."""

    code: ClassVar[str] = "phone.short_number"
    message: ClassVar[str] = (
        '"{value}" is a short service number of {region}. Give a full number with its country code.'
    )


class EmergencyNumber(DomainError):
    """A number of the emergency services, which a flow must never dial or text."""

    code: ClassVar[str] = "phone.emergency"
    message: ClassVar[str] = (
        '"{value}" is an emergency number of {region}; flows never call or text it.'
        " Give another number."
    )


class UnknownRegion(DomainError):
    """The default region is not a country that libphonenumber knows."""

    code: ClassVar[str] = "phone.unknown_region"
    message: ClassVar[str] = (
        '"{region}" is not a country. Give its two ISO 3166 letters, for example IN.'
    )


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
    """One number. ``possible``: its length fits; ``valid``: it lies in an allocated range."""

    e164: str
    type: str
    """libphonenumber's name of the kind: MOBILE, FIXED_LINE_OR_MOBILE, TOLL_FREE, ... UNKNOWN."""
    country: str | None
    """ISO 3166 letters; 001 for satellites and other global services.

    A number outside the known ranges has one too if no other country shares its calling code, so
    that the rules of India hold for new Indian series; else None.
    """
    valid: bool
    possible: bool

    @property
    def can_receive_sms(self) -> bool:
        """Whether the number is, or may be, a mobile."""
        return self.type in _GETS_SMS

    @property
    def location(self) -> str:
        """The area in English, such as Mumbai, else the country; empty when unknown."""
        # Its tables take about 100 MB: only processes that show places load them.
        from phonenumbers import geocoder

        return geocoder.description_for_number(phonenumbers.parse(self.e164), "en")


def parse(value: str, region: str = "IN") -> PhoneNumber:
    """Read one number; ``region`` is the country of numbers written without a country code.

    Raises:
        NotAPhoneNumber: empty, withheld, two numbers, letters, or no number at all.
        ImpossibleNumber: too short or too long for its country.
        ShortNumber: a service number of ``region``.
        EmergencyNumber: a number of the emergency services of ``region``.
        UnknownRegion: ``region`` is not a country.
    """
    region = region.upper()
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise UnknownRegion(region=shown(region))
    spelling = spelling_of(value)
    if shortnumberinfo.is_emergency_number(spelling, region):
        raise EmergencyNumber(value=shown(value), region=region)
    try:
        number = phonenumbers.parse(spelling, region)
    except NumberParseException as error:
        raise _refusal_of(error, value) from error
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == ValidationResult.IS_POSSIBLE:
        return _described(number)
    if shortnumberinfo.is_valid_short_number_for_region(number, region):
        raise ShortNumber(value=shown(value), region=region)
    raise ImpossibleNumber(
        value=shown(value), problem=_WRONG_LENGTHS.get(reason, "of a wrong length")
    )


def parse_e164(value: str, region: str = "IN") -> str:
    """Read one number and give it as ``+`` and digits. Raises as ``parse`` does."""
    return parse(value, region).e164


def caller(value: str, region: str = "IN") -> PhoneNumber | None:
    """Read a caller as a carrier reports it; None when withheld, a SIP address or no number."""
    if is_withheld(value):
        return None
    try:
        return parse(value, region)
    except (NotAPhoneNumber, ImpossibleNumber, ShortNumber, EmergencyNumber):
        return None


def lookup(value: str, region: str = "IN") -> NumberFacts:
    """Tell what is known about a text; a bad number is an answer too.

    ``e164``, ``country`` and ``location`` are given for valid numbers only: for others they are
    guesses.

    Raises:
        UnknownRegion: ``region`` is not a country.
    """
    try:
        number = parse(value, region)
    except (NotAPhoneNumber, ImpossibleNumber, ShortNumber, EmergencyNumber):
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

    Premium, shared-cost, personal and satellite numbers are how toll fraud gets paid; landlines and
    toll-free numbers do not receive SMS. A number of unknown kind is let through: the metadata may
    be older than it is.
    """
    if not number.possible:
        return ImpossibleNumber.code
    if number.country == _NO_COUNTRY and number.type not in _REFUSED_TYPES:
        return "phone.satellite"
    return _REFUSED_TYPES.get(number.type)


def mask(e164: str) -> str:
    """Hide the middle of a number for lists and logs: ``+91 98•••• 3210``."""
    try:
        number = phonenumbers.parse(e164)
    except NumberParseException:
        return "••••"
    digits = phonenumbers.national_significant_number(number)
    tail = min(4, max(0, len(digits) - 4))
    head = min(2, max(0, len(digits) - 4 - tail))
    return f"+{number.country_code} {digits[:head]}•••• {digits[len(digits) - tail :]}".rstrip()


def _described(number: phonenumbers.PhoneNumber) -> PhoneNumber:
    return PhoneNumber(
        e164=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        type=_TYPE_NAMES[phonenumbers.number_type(number)],
        country=phonenumbers.region_code_for_number(number),
        valid=phonenumbers.is_valid_number(number),
        possible=True,
    )


def _refusal_of(error: NumberParseException, value: str) -> NotAPhoneNumber | ImpossibleNumber:
    problem = _UNPARSABLE_LENGTHS.get(error.error_type)
    if problem is not None:
        return ImpossibleNumber(value=shown(value), problem=problem)
    if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
        return not_a_number(value, "no country has this code", "Give + and the country code first.")
    return not_a_number(value, "it has too few digits", "Give a number such as +919876543210.")
