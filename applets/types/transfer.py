"""Go on in another flow of the account. There is no way back."""

from __future__ import annotations

from pydantic import Field

from applets.base import Applet, AppletSettings, Transfer
from applets.base import gettext_noop as _
from applets.fields import panel
from applets.registry import register
from applets.run import RunView


class TransferSettings(AppletSettings):
    flow: str = Field(
        default="",
        title=_("Flow"),
        description=_("The call goes on at the start of its live version and does not come back."),
        max_length=40,
        json_schema_extra=panel("flow", required=True),
    )


@register
class TransferToFlow(Applet[TransferSettings]):
    """Goes on in another flow, for good. Values set so far go along."""

    slug = "transfer"
    label = _("Transfer")
    category = "end"
    icon = "corner-down-right"
    settings_model = TransferSettings

    def enter(self, settings: TransferSettings, run: RunView) -> Transfer:
        return Transfer(settings.flow, {"flow": settings.flow})
