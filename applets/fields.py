"""Names for the fields of an applet's settings that several applets share."""

from __future__ import annotations

from typing import Any, Final, Literal

from applets.base import gettext_noop as _

E164_PATTERN: Final = r"^\+[1-9][0-9]{6,14}$"
"""ITU-T E.164: at most 15 digits after the plus."""

Language = Literal[
    "en-IN", "hi-IN", "bn-IN", "ta-IN", "te-IN", "mr-IN", "gu-IN", "kn-IN", "ml-IN", "pa-IN"
]

FinishKey = Literal["#", "*", ""]
FINISH_KEYS: Final[list[tuple[Any, str]]] = [("#", "#"), ("*", "*"), ("", _("None"))]

# BCP 47 tags that the carriers' speech engines share.
LANGUAGES: Final[list[tuple[Any, str]]] = [
    ("en-IN", _("English (India)")),
    ("hi-IN", _("Hindi")),
    ("bn-IN", _("Bengali")),
    ("ta-IN", _("Tamil")),
    ("te-IN", _("Telugu")),
    ("mr-IN", _("Marathi")),
    ("gu-IN", _("Gujarati")),
    ("kn-IN", _("Kannada")),
    ("ml-IN", _("Malayalam")),
    ("pa-IN", _("Punjabi")),
]


def panel(
    widget: str,
    *,
    options: list[tuple[Any, str]] | None = None,
    required: bool = False,
    show_when: tuple[str, Any] | None = None,
    group: str | None = None,
    placeholder: str | None = None,
) -> dict[str, Any]:
    """Return what the properties panel needs beside the schema of one field.

    ``required``: an empty value stops publishing, though a draft may hold it. ``show_when``:
    another setting and the value, or list of values, with which this field is shown (and needed).
    """
    extra: dict[str, Any] = {"widget": widget}
    if options:
        extra["options"] = [{"value": value, "label": label} for value, label in options]
    if required:
        extra["required"] = True
    if show_when:
        extra["show_when"] = {"setting": show_when[0], "equals": show_when[1]}
    if group:
        extra["group"] = group
    if placeholder:
        extra["placeholder"] = placeholder
    return extra
