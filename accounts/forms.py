"""What people fill in about themselves, their account and its keys."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from accounts.models import Role


class SignInForm(AuthenticationForm):
    """E-mail address and password; the address in any case."""

    error_messages = {
        "invalid_login": "This e-mail address and password do not belong together.",
        "inactive": "This sign-in was switched off. Ask an admin of your account.",
    }

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()


class ApiKeyForm(forms.Form):
    name = forms.CharField(
        max_length=100, label="Name", help_text="What uses it, such as “Order system”."
    )
    role = forms.ChoiceField(
        choices=[choice for choice in Role.choices if choice[0] != Role.ADMIN]
        + [(Role.ADMIN.value, Role.ADMIN.label)],
        initial=Role.EDITOR,
        label="May do what",
    )


class MemberForm(forms.Form):
    name = forms.CharField(max_length=100, label="Name")
    email = forms.EmailField(max_length=150, label="E-mail address")
    role = forms.ChoiceField(choices=Role.choices, initial=Role.EDITOR, label="Role")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices)
