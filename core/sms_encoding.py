"""How an SMS body travels: GSM 7-bit or UTF-16, and where it is cut into parts.

One part holds 160 septets or 70 UTF-16 units. A body that needs more is concatenated, and the
header that joins the parts leaves 153 septets or 67 units in each. ``frontend/src/sms/encoding.ts``
is the same rule for the browser; both pass ``tests/cases/sms_segment_cases.json``.

Sources: 3GPP TS 23.038 sections 6.2.1 (alphabet) and 6.2.1.1 (extension table); 3GPP TS 23.040
sections 9.2.3.24.1 (concatenation: the number of parts is one octet) and 9.2.3.16 (140 octets of
user data).

National shift tables are not used: hardly any gateway accepts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from core.errors import DomainError

Encoding = Literal["gsm", "unicode"]
RequestedEncoding = Literal["auto", "gsm", "unicode"]

MOST_PARTS: Final = 255

_GSM_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENSION: Final = frozenset("\f^{}\\[~]|€")
_GSM: Final = _GSM_BASIC | _GSM_EXTENSION
_ROOM_ALONE: Final[dict[Encoding, int]] = {"gsm": 160, "unicode": 70}
_ROOM_JOINED: Final[dict[Encoding, int]] = {"gsm": 153, "unicode": 67}


class CannotEncode(DomainError):
    """The body has characters that the wanted encoding lacks; the context lists them."""

    code: ClassVar[str] = "sms.cannot_encode"
    message: ClassVar[str] = (
        "The encoding {encoding} has no {listing}."
        " Replace the characters, or choose the encoding unicode."
    )


class TooManySegments(DomainError):
    """The body needs more parts than the joining header can number."""

    code: ClassVar[str] = "sms.too_many_segments"
    message: ClassVar[str] = "The text needs more than {limit} parts. Shorten it."


@dataclass(frozen=True, slots=True)
class Segmentation:
    """A body as it will be sent and billed."""

    encoding: Encoding
    units: tuple[int, ...]
    """Septets (gsm) or UTF-16 units (unicode) of each part."""
    forcing_unicode: tuple[str, ...]
    """The distinct characters outside the GSM alphabet, in order of first appearance."""
    texts: tuple[str, ...]
    """The body, cut; joined they are the body again."""

    @property
    def parts(self) -> int:
        return len(self.units)


def segment(body: str, encoding: RequestedEncoding = "auto") -> Segmentation:
    """Cut a body into the parts that will be sent.

    The cut is greedy, in code units; an escape pair and a surrogate pair stay whole. An empty body
    is one part of no units: refusing it is the caller's business.

    Raises:
        CannotEncode: ``gsm`` was asked for and the body has other characters, or half a surrogate
        pair. TooManySegments: it takes more than 255 parts.
    """
    forcing = tuple(dict.fromkeys(character for character in body if character not in _GSM))
    chosen: Encoding = (
        "unicode" if encoding == "unicode" or (encoding == "auto" and forcing) else "gsm"
    )
    refused = forcing if chosen == "gsm" else tuple(filter(_is_half_a_pair, forcing))
    if refused:
        raise CannotEncode(encoding=chosen, characters=list(refused), listing=_listing(refused))
    parts = _cut(body, chosen)
    return Segmentation(
        encoding=chosen,
        units=tuple(units for units, _ in parts),
        forcing_unicode=forcing,
        texts=tuple(text for _, text in parts),
    )


def is_gsm(text: str) -> bool:
    """Say whether the GSM alphabet and its extension hold every character."""
    return _GSM.issuperset(text)


def fits_one_part(body: str) -> bool:
    """Say whether a body travels whole, whatever is in it; unlike ``segment`` it refuses nothing."""
    encoding: Encoding = "gsm" if is_gsm(body) else "unicode"
    return sum(_width(character, encoding) for character in body) <= _ROOM_ALONE[encoding]


def _cut(body: str, encoding: Encoding) -> list[tuple[int, str]]:
    widths = [_width(character, encoding) for character in body]
    total = sum(widths)
    if total <= _ROOM_ALONE[encoding]:
        return [(total, body)]
    room = _ROOM_JOINED[encoding]
    parts: list[tuple[int, str]] = []
    start = used = 0
    for position, width in enumerate(widths):
        if used + width > room:
            parts.append((used, body[start:position]))
            start, used = position, 0
        used += width
        if len(parts) == MOST_PARTS:
            raise TooManySegments(limit=MOST_PARTS)
    return [*parts, (used, body[start:])]


def _width(character: str, encoding: Encoding) -> int:
    two = character in _GSM_EXTENSION if encoding == "gsm" else character > "\uffff"
    return 2 if two else 1


def _is_half_a_pair(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"


def _listing(characters: tuple[str, ...]) -> str:
    """Name characters so that invisible ones can be found too."""
    return ", ".join(
        f"{character} (U+{ord(character):04X})"
        if character.isprintable()
        else f"U+{ord(character):04X}"
        for character in characters
    )
