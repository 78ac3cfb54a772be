"""Answer the sender of an incoming SMS.

A reply to a reply of a machine never ends, so some senders get none: those who have a name instead of a
number, and those who ask to be left alone.
Sources: Callr's guide to receiving SMS (``sms.fromNumber``); CTIA Messaging Principles 5.1.3 (STOP words).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from applets.base import Applet, Exit, Port, SettingIssue
from applets.base import gettext_noop as _
from applets.expressions import BadExpression
from applets.message_settings import MessageSettings
from applets.registry import register
from applets.run import RunView
from applets.variables import parse
from core.errors import DomainError

STOP_WORDS: Final = frozenset(
    {"STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "UNSUB", "CANCEL", "END", "QUIT"}
    | {"OPTOUT", "OPT OUT", "OPT-OUT", "REVOKE", "ARRET"}
)
_AROUND: Final = " \t\r\n.,!?;:'\"()*"


class ReplySettings(MessageSettings):
    pass


@register
class Reply(Applet[ReplySettings]):
    """Answers the sender of an incoming SMS and goes on at once; in a call it does nothing."""

    slug = "reply"
    label = _("Reply")
    category = "message"
    icon = "message-circle"
    summary = "{body}"
    settings_model = ReplySettings
    ports = (Port("next", _("Next")),)
    port_without_caller = "next"
    port_on_failure = "next"

    def enter(self, settings: ReplySettings, run: RunView) -> Exit:
        kept_back = _why_not(run)
        if kept_back:
            return Exit("next", detail={"replied": False}, note=kept_back)
        body, fault = settings.body, None
        try:
            body = run.expand(settings.body)
        except DomainError as error:
            fault = error
        message = settings.message(str(run.call.sms["fromNumber"]), body, fault)
        return Exit("next", (message,), detail={"replied": True}, note=message.problem)

    def issues(self, settings: ReplySettings) -> Iterator[SettingIssue]:
        try:
            parse(settings.body)
        except BadExpression as error:
            yield SettingIssue("body", str(error))


def _why_not(run: RunView) -> str:
    """Return why there is nobody to reply to, or an empty text."""
    sms = run.call.sms
    sender = str(sms.get("fromNumber") or "")
    if not sms:
        return _("No SMS came in: there is nobody to reply to.")
    if not sender.startswith("+"):
        return _("The SMS came from a name, not from a number: no reply was sent.")
    if sender == run.call.to_number:
        return _("The SMS came from the number it was sent to: no reply was sent.")
    if is_stop(str(sms.get("bodyText") or "")):
        return _("The sender asked for no more messages: no reply was sent.")
    return ""


def is_stop(text: str) -> bool:
    """Whether a whole text is one of the words that end messages, in any case and with any punctuation."""
    return " ".join(text.strip(_AROUND).upper().split()) in STOP_WORDS
