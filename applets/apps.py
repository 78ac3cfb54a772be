"""Django's view of the applets: a start that finds them all, or does not happen."""

from __future__ import annotations

from django.apps import AppConfig

from applets.registry import load_all


class AppletsConfig(AppConfig):
    name = "applets"

    def ready(self) -> None:
        load_all()
