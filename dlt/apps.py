"""Django's view of the registries: who hears of their changes."""

from __future__ import annotations

from django.apps import AppConfig


class DltConfig(AppConfig):
    name = "dlt"

    def ready(self) -> None:
        # Both read models, which are there only now.
        from dlt.changes import observe
        from dlt.notices import tell_submitters

        observe(tell_submitters)
