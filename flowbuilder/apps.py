"""What must be there before anything starts."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class FlowbuilderConfig(AppConfig):
    name = "flowbuilder"

    def ready(self) -> None:
        """Connect what knows nothing of each other, and refuse to start without a secret: Django itself
        notices only at the first sign-in."""
        # They read models, which are there only now.
        from dlt.changes import observe
        from flowbuilder.registry_news import tell_endpoints

        observe(tell_endpoints)
        try:
            settings.SECRET_KEY  # noqa: B018 -- reading it is the check
        except ImproperlyConfigured as error:
            raise ImproperlyConfigured(
                "Set SECRET_KEY in the environment to 50 random characters or more. This makes one:"
                ' python -c "import secrets; print(secrets.token_urlsafe(48))"'
            ) from error
