"""A registry as large brands have it, and the bodies somebody asks about."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

# The mean is about 228 characters and 5 variables, as in registries of Indian brands.
NEAR_DUPLICATES: Final = 0.35
ADJACENT: Final = 0.2
BRANDS: Final = 2_000
OWN_WORDS: Final = 1_500
VARIABLE: Final = "{#var#}"

_SYLLABLES: Final = "ba ke lo mi ra tu sha vi no pe go da ri su ma ti ka le fo ni ju za hi ro en al"
_COMMON: Final = (
    "dear customer your order with has been confirmed and will be delivered on please call us at"
    " the store for any help regarding this ticket thank you team support account payment of rs"
    " received due date is not share otp to login valid minutes booking id amount card ending in"
    " from bank click link visit app download now offer get off use code till"
)
_OPENINGS: Final = ("Dear", "Hi", "Dear Customer", "Hello")
_KINDS: Final = ("Retail", "Bank", "Foods", "Motors", "Clinic", "Tech")


class Corpus:
    """Registered texts, each as its pieces between the variables."""

    def __init__(self, size: int, seed: int = 2026) -> None:
        self._dice = random.Random(seed)  # noqa: S311 -- a repeatable corpus, not a secret
        self._syllables = _SYLLABLES.split()
        own = [self._invented(self._dice.randint(1, 3)) for _ in range(OWN_WORDS)]
        self._words = _COMMON.split() * 6 + own
        self._brands = [self._brand() for _ in range(BRANDS)]
        self.pieces: list[list[str]] = []
        while len(self.pieces) < size:
            self.pieces.append(self._next())

    def texts(self) -> list[str]:
        return [VARIABLE.join(pieces) for pieces in self.pieces]

    def bodies(self, count: int) -> Iterator[str]:
        """Yield bodies of which half fit, a quarter differ by one character, and a quarter have one
        value that is too long."""
        for number in range(count):
            pieces = self._dice.choice(self.pieces)
            values = [self._value() for _ in pieces[1:]]
            if number % 4 == 3:
                values[self._dice.randrange(len(values))] = "z" * 140
            body = "".join(map("".join, zip(pieces, [*values, ""], strict=True)))
            if number % 4 == 2:
                at = self._dice.randrange(len(body))
                body = f"{body[:at]}~{body[at + 1 :]}"
            yield body

    def _next(self) -> list[str]:
        if self.pieces and self._dice.random() < NEAR_DUPLICATES:
            return self._almost(self.pieces[-self._dice.randint(1, min(500, len(self.pieces)))])
        return self._fresh()

    def _fresh(self) -> list[str]:
        dice = self._dice
        count = dice.randint(3, 7)
        pieces = [f" {self._phrase()} " for _ in range(count)]
        if dice.random() < ADJACENT:
            pieces[dice.randrange(count - 1)] = ""
        opening = dice.choice(_OPENINGS)
        opening += f" {self._phrase()} " if dice.random() < 0.5 else " "
        return [opening, *pieces[:-1], f" {self._phrase()}. - {dice.choice(self._brands)}"]

    def _almost(self, pieces: list[str]) -> list[str]:
        """Change one word, as somebody does who needs the text for another shop."""
        changed = list(pieces)
        at = self._dice.randrange(len(pieces))
        words = changed[at].split(" ")
        filled = [index for index, word in enumerate(words) if word]
        if filled and self._dice.random() < 0.9:
            words[self._dice.choice(filled)] = self._dice.choice(self._words)
            changed[at] = " ".join(words)
        return changed

    def _phrase(self) -> str:
        return " ".join(self._dice.choices(self._words, k=self._dice.randint(3, 9)))

    def _brand(self) -> str:
        return f"{self._invented(3).title()} {self._dice.choice(_KINDS)}"

    def _invented(self, syllables: int) -> str:
        return "".join(self._dice.choices(self._syllables, k=syllables))

    def _value(self) -> str:
        size = self._dice.randint(3, 20)
        return "".join(self._dice.choices("ABCDEFGH0123456789", k=size))
