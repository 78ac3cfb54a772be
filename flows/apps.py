"""Django's view of flows: what they hear of the registries, and tell them."""

from __future__ import annotations

from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "flows"

    def ready(self) -> None:
        # All of them read models, which are there only now.
        from dlt.changes import observe
        from dlt.usage import tell_uses_by
        from flows.registry_watch import watch
        from flows.template_use import uses

        observe(watch)
        tell_uses_by(uses)
