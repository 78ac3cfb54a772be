"""Pages of sign-in and settings."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from accounts import notice_pages, settings_pages, sign_in

urlpatterns: list[URLPattern] = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("notices/", notice_pages.notice_list, name="notices"),
    path("notices/read/", notice_pages.notices_read, name="notices-read"),
    path("settings/", RedirectView.as_view(pattern_name="members"), name="settings"),
    path("settings/account/", sign_in.switch_account, name="switch-account"),
    path("settings/members/", settings_pages.members, name="members"),
    path("settings/members/<int:pk>/role/", settings_pages.member_role, name="member-role"),
    path("settings/members/<int:pk>/remove/", settings_pages.member_remove, name="member-remove"),
    path("settings/keys/", settings_pages.api_keys, name="api-keys"),
    path("settings/keys/<int:pk>/revoke/", settings_pages.api_key_revoke, name="api-key-revoke"),
    path("settings/audit/", settings_pages.audit_log, name="audit-log"),
]
