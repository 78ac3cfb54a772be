"""What texts can be asked. Characters are code points, as DLT counts them."""

from __future__ import annotations

import unicodedata
from typing import Any

from applets.cutting import first_characters
from applets.expressions import regexes
from applets.expressions.arguments import span, text, whole
from applets.expressions.documented import documented
from applets.expressions.errors import Trouble
from applets.expressions.regexes import Regex
from applets.expressions.scope import LONGEST_TEXT, Scope
from applets.expressions.values import MISSING, called, well_formed


@documented(
    "text", "match(pattern)", "The first match with what its brackets caught, or null; with the"
    " flag g, all matches.", '"MOBILE".match(/MOB/)', '["MOB"]',
)  # fmt: skip
def match(scope: Scope, value: str, pattern: Any = MISSING) -> Any:
    wanted = _pattern(pattern, "match()")
    if wanted.everywhere:
        return [found.group(0) for found in regexes.matches(wanted, value, scope)] or None
    found = regexes.first(wanted, value, scope)
    return None if found is None else regexes.groups(found)


@documented(
    "text", "search(pattern)", "Where the first match begins, counted from 0; -1 when there is none.",
    '"order 42".search(/[0-9]/)', "6",
)  # fmt: skip
def search(scope: Scope, value: str, pattern: Any = MISSING) -> int:
    found = regexes.first(_pattern(pattern, "search()"), value, scope)
    return -1 if found is None else int(found.start())


@documented(
    "text", "includes(text)", "Whether the text is in it.", '"missed call".includes("call")', "true"
)
def includes(scope: Scope, value: str, part: Any = MISSING) -> bool:
    scope.spend(len(value))
    return text(part, "includes()") in value


@documented(
    "text", "startsWith(text)", "Whether it begins with the text.",
    '"+919876543210".startsWith("+91")', "true",
)  # fmt: skip
def starts_with(scope: Scope, value: str, part: Any = MISSING) -> bool:
    scope.spend()
    return value.startswith(text(part, "startsWith()"))


@documented(
    "text", "endsWith(text)", "Whether it ends with the text.", '"a.wav".endsWith(".wav")', "true"
)
def ends_with(scope: Scope, value: str, part: Any = MISSING) -> bool:
    scope.spend()
    return value.endswith(text(part, "endsWith()"))


@documented(
    "text", "indexOf(text)", "Where the text first is, counted from 0; -1 when it is not there.",
    '"a,b".indexOf(",")', "1",
)  # fmt: skip
def index_of(scope: Scope, value: str, part: Any = MISSING) -> int:
    scope.spend(len(value))
    return value.find(text(part, "indexOf()"))


@documented(
    "text", "lastIndexOf(text)", "Where the text last is, counted from 0; -1 when it is not there.",
    '"a,b,c".lastIndexOf(",")', "3",
)  # fmt: skip
def last_index_of(scope: Scope, value: str, part: Any = MISSING) -> int:
    scope.spend(len(value))
    return value.rfind(text(part, "lastIndexOf()"))


@documented(
    "text", "slice(from, to)", "The characters from one place up to another, counted from 0;"
    " negative ones count from the end. A cut tears no letter apart.",
    '"+919876543210".slice(-4)', '"3210"',
)  # fmt: skip
def cut(scope: Scope, value: str, start: Any = MISSING, end: Any = MISSING) -> str:
    scope.spend()
    most = whole(end, -1)
    if most >= 0 and whole(start, 0) == 0:
        return first_characters(value, most)
    first, last = span(len(value), start, end)
    scope.text(last - first)
    return value[first:last]


@documented(
    "text", "substring(from, to)", "As slice, but negative places count as 0 and the smaller place"
    " comes first.", '"K7M2Q9".substring(2, 0)', '"K7"',
)  # fmt: skip
def substring(scope: Scope, value: str, start: Any = MISSING, end: Any = MISSING) -> str:
    places = (whole(start, 0), whole(end, len(value)))
    first, last = sorted(max(0, min(place, len(value))) for place in places)
    scope.text(last - first)
    return value[first:last]


@documented("text", "toUpperCase()", "In capitals.", '"mobile".toUpperCase()', '"MOBILE"')
def to_upper_case(scope: Scope, value: str) -> str:
    scope.text(len(value))
    return value.upper()


@documented("text", "toLowerCase()", "In small letters.", '"YES".toLowerCase()', '"yes"')
def to_lower_case(scope: Scope, value: str) -> str:
    scope.text(len(value))
    return value.lower()


@documented("text", "trim()", "Without the spaces around it.", '" Meera ".trim()', '"Meera"')
def trim(scope: Scope, value: str) -> str:
    scope.text(len(value))
    return value.strip()


@documented(
    "text", "trimStart()", "Without the spaces before it.", '" Meera".trimStart()', '"Meera"'
)
def trim_start(scope: Scope, value: str) -> str:
    scope.text(len(value))
    return value.lstrip()


@documented("text", "trimEnd()", "Without the spaces after it.", '"Meera ".trimEnd()', '"Meera"')
def trim_end(scope: Scope, value: str) -> str:
    scope.text(len(value))
    return value.rstrip()


@documented(
    "text", "replace(what, with)", "With the first place replaced that is the text or matches the"
    " pattern; with the flag g, every place. $1 stands for what the first brackets caught, $& for"
    " the match.", '"+91 98765".replace(/[^0-9]/g, "")', '"9198765"',
)  # fmt: skip
def replace(scope: Scope, value: str, what: Any = MISSING, new: Any = MISSING) -> str:
    instead = text(new, "replace()")
    if not isinstance(what, Regex):
        scope.text(len(value) + len(instead))
        return value.replace(text(what, "replace()"), instead, 1)
    return _replaced(scope, value, what, instead)


@documented(
    "text", "replaceAll(text, with)", "With every place replaced that is the text.",
    '"a-b-c".replaceAll("-", "")', '"abc"',
)  # fmt: skip
def replace_all(scope: Scope, value: str, what: Any = MISSING, new: Any = MISSING) -> str:
    instead = text(new, "replaceAll()")
    if isinstance(what, Regex):
        return _replaced(scope, value, what, instead)
    old = text(what, "replaceAll()")
    scope.text(len(value) + value.count(old) * len(instead))
    return value.replace(old, instead)


@documented(
    "text", "split(separator)", "A list of the pieces between the places that are the text or match"
    " the pattern.", '"1,2,3".split(",")', '["1", "2", "3"]',
)  # fmt: skip
def split(scope: Scope, value: str, separator: Any = MISSING, most: Any = MISSING) -> list[Any]:
    pieces = _pieces(scope, value, separator)
    return pieces[: max(0, whole(most, len(pieces)))]


@documented(
    "text", "padStart(length, with)", "Made as long as asked by signs put before it.",
    '"7".padStart(3, "0")', '"007"',
)  # fmt: skip
def pad_start(scope: Scope, value: str, length: Any = MISSING, sign: Any = MISSING) -> str:
    return _padding(scope, value, length, sign) + value


@documented(
    "text", "padEnd(length, with)", "Made as long as asked by signs put after it.",
    '"7".padEnd(3, ".")', '"7.."',
)  # fmt: skip
def pad_end(scope: Scope, value: str, length: Any = MISSING, sign: Any = MISSING) -> str:
    return value + _padding(scope, value, length, sign)


@documented("text", "repeat(times)", "Several times over.", '"ab".repeat(2)', '"abab"')
def repeat(scope: Scope, value: str, times: Any = MISSING) -> str:
    count = whole(times, 0)
    if count < 0:
        raise Trouble("repeat() wants a number that is not negative")
    scope.text(len(value) * count)
    return value * count


@documented("text", "charAt(place)", "The character at a place.", '"K7M".charAt(1)', '"7"')
def char_at(scope: Scope, value: str, place: Any = MISSING) -> str:
    scope.spend()
    at = whole(place, 0)
    return value[at] if 0 <= at < len(value) else ""


@documented(
    "text", "at(place)", "The character at a place; negative ones count from the end.",
    '"K7M".at(-1)', '"M"',
)  # fmt: skip
def at(scope: Scope, value: str, place: Any = MISSING) -> Any:
    scope.spend()
    index = whole(place, 0)
    return value[index] if -len(value) <= index < len(value) else MISSING


@documented("text", "concat(text, …)", "With other texts after it.", '"a".concat("b", 1)', '"ab1"')
def concat(scope: Scope, value: str, *others: Any) -> str:
    texts = [text(other, "concat()") for other in others]
    scope.text(len(value) + sum(map(len, texts)))
    return value + "".join(texts)


@documented(
    "text", "normalize(form)", "In the Unicode form NFC, or NFD, NFKC or NFKD.",
    '"e\\u0301".normalize()', '"é"',
)  # fmt: skip
def normalize(scope: Scope, value: str, form: Any = "NFC") -> str:
    scope.text(len(value))
    if form == "NFC" or form == "NFD" or form == "NFKC" or form == "NFKD":
        return unicodedata.normalize(form, value)
    raise Trouble("normalize() knows the forms NFC, NFD, NFKC and NFKD")


@documented("text", "toString()", "The text itself.", '"yes".toString()', '"yes"')
def to_string(scope: Scope, value: str) -> str:
    scope.spend()
    return value


@documented(
    "pattern", "test(text)", "Whether the pattern matches somewhere in the text.",
    '/^\\+91[6-9]/.test("+919876543210")', "true",
)  # fmt: skip
def matches_in(scope: Scope, value: Regex, subject: Any = MISSING) -> bool:
    return regexes.first(value, text(subject, "test()"), scope) is not None


@documented(
    "pattern", "exec(text)", "The first match with what its brackets caught, or null.",
    '/#([0-9]+)/.exec("order #42")', '["#42", "42"]',
)  # fmt: skip
def execute(scope: Scope, value: Regex, subject: Any = MISSING) -> Any:
    found = regexes.first(value, text(subject, "exec()"), scope)
    return None if found is None else regexes.groups(found)


def _pattern(value: Any, what: str) -> Regex:
    if isinstance(value, Regex):
        return value
    raise Trouble(f"{what} wants a regular expression such as /MOBILE/, not {called(value)}")


def _replaced(scope: Scope, value: str, pattern: Regex, instead: str) -> str:
    value = well_formed(value)
    pieces, start, length = [], 0, 0
    for found in regexes.matches(pattern, value, scope):
        pieces += [value[start : found.start()], regexes.filled_in(instead, found)]
        start = found.end()
        length += len(pieces[-1])
        if length > LONGEST_TEXT:
            scope.text(length)  # it refuses
        if not pattern.everywhere:
            break
    scope.text(length + len(value))
    return "".join((*pieces, value[start:]))


def _pieces(scope: Scope, value: str, separator: Any) -> list[Any]:
    if separator is MISSING:
        return [value]
    if isinstance(separator, Regex):
        value = well_formed(value)
        pieces, start = [], 0
        for found in regexes.matches(separator, value, scope):
            if found.end() > found.start():
                pieces.append(value[start : found.start()])
                start = found.end()
        return [*pieces, value[start:]]
    by = text(separator, "split()")
    scope.items(value.count(by) + 1 if by else len(value))
    return list(value.split(by)) if by else list(value)


def _padding(scope: Scope, value: str, length: Any, sign: Any) -> str:
    room = max(0, whole(length, 0) - len(value))
    by = " " if sign is MISSING else text(sign, "padStart() or padEnd()")
    scope.text(len(value) + room)
    return (by * (room // len(by) + 1))[:room] if by else ""
