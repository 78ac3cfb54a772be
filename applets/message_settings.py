"""What applets that send an SMS have in common: the registered records, the text, and how it travels.

The keys are a contract: exported flows and the guide's field names rest on them.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from applets.base import Applet, AppletSettings
from applets.base import gettext_noop as _
from applets.fields import panel
from applets.instructions import SendSms
from core.errors import DomainError


class MessageSettings(AppletSettings):
    dlt_template_id: str = Field(
        default="",
        title=_("DLT Template ID"),
        max_length=40,
        json_schema_extra=panel("template", required=True),
    )
    dlt_entity_id: str = Field(
        default="",
        title=_("DLT Entity ID"),
        max_length=40,
        json_schema_extra=panel("entity", required=True),
    )
    sender_id: str = Field(
        default="",
        title=_("Sender ID"),
        max_length=20,
        json_schema_extra=panel("header", required=True),
    )
    body: str = Field(
        default="",
        title=_("Message body"),
        max_length=2000,
        json_schema_extra=panel("message", required=True),
    )
    traffic_type: Literal["alerting", "marketing"] | None = Field(
        default=None,
        title=_("Traffic type"),
        json_schema_extra=panel(
            "segmented",
            options=[
                (None, _("From the template")),
                ("alerting", _("Alerting")),
                ("marketing", _("Marketing")),
            ],
            group="more",
        ),
    )
    encoding: Literal["auto", "gsm", "unicode"] = Field(
        default="auto",
        title=_("Encoding"),
        json_schema_extra=panel(
            "segmented",
            options=[("auto", _("Automatic")), ("gsm", "GSM-7"), ("unicode", "Unicode")],
            group="more",
        ),
    )

    def message(self, to: str, body: str, fault: DomainError | None) -> SendSms:
        """Return the message for the pipeline; with a fault it is recorded as refused."""
        return SendSms(
            to=to,
            body=body,
            sender=self.sender_id,
            traffic_type=self.traffic_type,
            encoding=self.encoding,
            dlt_template_id=self.dlt_template_id,
            dlt_entity_id=self.dlt_entity_id,
            problem_code=fault.code if fault else "",
            problem=str(fault) if fault else "",
        )


def sends_sms(applet: Applet[Any] | None) -> bool:
    """Whether an applet's settings are those of a message."""
    return applet is not None and issubclass(applet.settings_model, MessageSettings)
