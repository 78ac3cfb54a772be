"""Send an e-mail, to one's own people as a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from applets.base import Applet, AppletSettings, Exit, Port, SettingIssue
from applets.base import gettext_noop as _
from applets.expressions import BadExpression
from applets.fields import panel
from applets.instructions import SendEmail
from applets.registry import register
from applets.run import RunView
from applets.variables import parse
from core.errors import DomainError

MOST_RECIPIENTS: Final = 10
_LONGEST_SUBJECT: Final = 200

Recipient = Annotated[str, StringConstraints(max_length=300)]

# What browsers take for an address (WHATWG HTML, "valid e-mail address"), with a domain of two labels.
_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,63}",
    re.ASCII,
)


class EmailSettings(AppletSettings):
    to: list[Recipient] = Field(
        default_factory=list,
        title=_("To"),
        description=_("Addresses; a variable may stand for one. Everybody sees all of them."),
        max_length=MOST_RECIPIENTS,
        json_schema_extra=panel("text_list", required=True, placeholder="team@example.com"),
    )
    subject: str = Field(
        default="",
        title=_("Subject"),
        max_length=_LONGEST_SUBJECT,
        json_schema_extra=panel("text", required=True),
    )
    body: str = Field(
        default="",
        title=_("Text"),
        description=_("Variables such as {CallFrom} are filled in."),
        max_length=10_000,
        json_schema_extra=panel("textarea", required=True),
    )


@register
class Email(Applet[EmailSettings]):
    """Sends an e-mail and goes on at once."""

    slug = "email"
    label = _("E-mail")
    category = "message"
    icon = "mail"
    summary = "{subject}"
    settings_model = EmailSettings
    ports = (Port("next", _("Next")),)
    port_on_failure = "next"

    def enter(self, settings: EmailSettings, run: RunView) -> Exit:
        to, notes = _recipients(settings, run)
        code = problem = subject = body = ""
        try:
            subject, missing = run.speech(settings.subject)
            body, missing_too = run.speech(settings.body)
            notes += [missing, missing_too]
        except DomainError as error:
            code, problem = error.code, str(error)
        if not code and not to:
            code = "emails.no_recipient"
            problem = "There is no address to send it to."
        wanted = SendEmail(
            to=to,
            # On one line: a line end in a header would begin another header.
            subject=" ".join(subject.split())[:_LONGEST_SUBJECT],
            body=body,
            problem_code=code,
            problem=problem,
        )
        return Exit("next", (wanted,), note=" ".join(dict.fromkeys(filter(None, notes))))

    def issues(self, settings: EmailSettings) -> Iterator[SettingIssue]:
        for setting in ("subject", "body"):
            try:
                parse(getattr(settings, setting))
            except BadExpression as error:
                yield SettingIssue(setting, str(error))
        for address in settings.to:
            try:
                parse(address)
            except BadExpression as error:
                yield SettingIssue("to", str(error))
            else:
                if "{" not in address and not _ADDRESS.fullmatch(address.strip()):
                    yield SettingIssue("to", f"“{address[:60]}” is no e-mail address.")


def _recipients(settings: EmailSettings, run: RunView) -> tuple[tuple[str, ...], list[str]]:
    """Return the addresses, each once, and notes of those that are none."""
    found: dict[str, None] = {}
    notes = []
    for entry in settings.to:
        try:
            address = run.expand(entry).strip()
        except DomainError as error:
            notes.append(str(error))
            continue
        if _ADDRESS.fullmatch(address):
            found[address] = None
        else:
            notes.append(f"“{address[:60]}” is no e-mail address.")
    return tuple(found), notes
