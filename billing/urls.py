"""Pages of the balance."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing import pages

urlpatterns: list[URLPattern] = [path("settings/balance/", pages.balance, name="balance")]
