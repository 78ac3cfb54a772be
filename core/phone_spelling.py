"""From what people, spreadsheets and carriers write to the spelling of one telephone number.

libphonenumber is lenient: it reads letters as keypad digits (``1800-XXX-XXXX`` becomes a valid
toll-free number) and glues two numbers in one field together. So anything but digits, ``+`` and the
usual separators is refused here, before it parses.

Sources: RFC 3966 (``tel:`` URIs, ``;ext=``, ``;phone-context=``); Unicode TR 15 (NFKC) and TR 9
(bidi marks).
"""

from __future__ import annotations

import re
import unicodedata
from typing import ClassVar, Final

from core.errors import DomainError

LONGEST_INPUT: Final = 250
"""Characters; the longest text that libphonenumber looks at."""
SHOWN_CHARACTERS: Final = 40

_TEL: Final = re.compile(r"^tel:", re.IGNORECASE)
_PHONE_CONTEXT: Final = re.compile(r"^([^;]+);phone-context=(\+[0-9]{1,4})$", re.IGNORECASE)
_EXTENSION: Final = re.compile(r"\s*(?:;ext=|ext(?:n|ension)?\.?|x|#)\s*[0-9]{1,7}$", re.IGNORECASE)
_DASHES: Final = dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0x30FC), "-")
_ONE_NUMBER: Final = re.compile(r"[(\[ ]*\+?[0-9()\[\] .~-]*")
_SEPARATORS_OF_NUMBERS: Final = frozenset("/,;&|+\n\r\t")

_KEYPAD: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_WITHHELD_WORDS: Final = frozenset(
    {"ANONYMOUS", "RESTRICTED", "UNKNOWN", "UNAVAILABLE", "PRIVATE", "BLOCKED", "WITHHELD"}
)
_WITHHELD: Final = _WITHHELD_WORDS | {
    "",
    *("+" + word.translate(_KEYPAD) for word in _WITHHELD_WORDS),
}


class NotAPhoneNumber(DomainError):
    """The text is not one telephone number."""

    code: ClassVar[str] = "phone.not_a_number"
    message: ClassVar[str] = '"{value}" is not a telephone number: {problem}. {remedy}'


def spelling_of(value: str) -> str:
    """Give the number in ASCII digits and separators, without ``tel:`` and extension.

    Raises:
        NotAPhoneNumber: empty, withheld, too long, or with anything that is no part of one number.
    """
    if len(value) > LONGEST_INPUT:
        raise not_a_number(
            value, f"it has more than {LONGEST_INPUT} characters", "Give one number."
        )
    text = _cleaned(value)
    if text.upper() in _WITHHELD_WORDS:
        raise not_a_number(value, "the number is withheld", "There is nobody to call or text.")
    text = _EXTENSION.sub("", _PHONE_CONTEXT.sub(r"\2 \1", _TEL.sub("", text)))
    if not text:
        raise not_a_number(value, "it is empty", "Give a number such as +919876543210.")
    good = _ONE_NUMBER.match(text)
    rest = text[good.end() :] if good else text
    if rest:
        raise _refusal_of(rest[0], value)
    return text


def shown(value: str) -> str:
    """Give the beginning of a text, fit for a message."""
    return _cleaned(value[:SHOWN_CHARACTERS])


def from_query(value: str) -> str:
    """Undo what form decoding does to an unescaped ``+`` in a query: one space before a digit."""
    return f"+{value[1:]}" if value[:1] == " " and value[1:2].isdecimal() else value


def is_withheld(value: str) -> bool:
    """Tell whether a carrier's caller field says that the number is hidden.

    Some carriers spell ANONYMOUS, BLOCKED and the like on the keypad: +266696687, +2562533.
    Source: Twilio help centre, "Why am I getting calls from these strange numbers?".
    """
    return len(value) <= LONGEST_INPUT and _cleaned(value).upper() in _WITHHELD


def not_a_number(value: str, problem: str, remedy: str) -> NotAPhoneNumber:
    return NotAPhoneNumber(value=shown(value), problem=problem, remedy=remedy)


def _cleaned(value: str) -> str:
    """Fold compatibility forms and digits of every script to ASCII; drop marks nobody sees."""
    visible = (
        character
        for character in unicodedata.normalize("NFKC", value)
        if unicodedata.category(character) != "Cf"
    )
    digits = "".join(str(unicodedata.decimal(character, character)) for character in visible)
    return digits.translate(_DASHES).strip()


def _refusal_of(character: str, value: str) -> NotAPhoneNumber:
    if character.isalpha():
        return not_a_number(value, "it has letters", "Give digits only, an extension as ext 12.")
    if character in _SEPARATORS_OF_NUMBERS:
        return not_a_number(value, "it seems to hold two numbers", "Give one number.")
    return not_a_number(
        value, f"U+{ord(character):04X} is no part of a number", "Give digits, spaces, + and -."
    )
