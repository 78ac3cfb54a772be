"""Who uses the product: people, the accounts they work in, and the keys of their programs."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models

from core.sids import new_sid


def new_account_sid() -> str:
    return new_sid("acc", 12)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields: object) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person, known by e-mail address."""

    username = None  # type: ignore[assignment]  # AbstractUser declares it; people sign in by e-mail
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()  # type: ignore[misc,assignment]  # replaces AbstractUser's own manager

    def initials(self) -> str:
        words = self.name.split() or [self.email]
        return "".join(word[0] for word in words[:2]).upper()


class Account(models.Model):
    """The tenant: everything else belongs to exactly one."""

    class PaymentType(models.TextChoices):
        PREPAID = "prepaid"
        POSTPAID = "postpaid"

    sid = models.CharField(max_length=32, unique=True, default=new_account_sid)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    region = models.CharField(max_length=2, default="IN")
    time_zone = models.CharField(max_length=40, default="Asia/Kolkata")
    currency = models.CharField(max_length=3, default="INR")
    payment_type = models.CharField(
        max_length=8, choices=PaymentType.choices, default=PaymentType.PREPAID
    )
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member may do; each role may do all that the roles after it may."""

    ADMIN = "admin", "Admin"  # approves, tops up, manages members and keys
    EDITOR = "editor", "Business user"  # builds flows, submits templates, sends
    VIEWER = "viewer", "Read only"


class Membership(models.Model):
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "user"], name="accounts_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.account_id}"


class ApiKey(models.Model):
    """A program's credential. Only its SHA-256 is kept: 256 random bits need no slow hash."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=100)
    lookup = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.EDITOR)
    created = models.DateTimeField(auto_now_add=True)
    last_used = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.lookup})"


class AuditEvent(models.Model):
    """One decision somebody took, for good."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="audit_events")
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    action = models.CharField(max_length=60)
    target = models.CharField(max_length=100)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["account", "target", "-id"], name="accounts_audit_target")]

    def __str__(self) -> str:
        return f"{self.action} {self.target}"


class Notice(models.Model):
    """One piece of news for some people of an account: for a role and those above it, or for one person.

    There is one row per ``key``: news of the same thing renews it, and everybody has it unread again.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notices")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    text = models.CharField(max_length=500)
    link = models.CharField(max_length=300, blank=True)
    audience = models.CharField(max_length=8, choices=Role.choices, default=Role.ADMIN)
    # Who alone is meant; empty: everybody of the role.
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=200)
    # What the text was made from, so that more of the same can be added.
    detail = models.JSONField(default=dict)
    # What it told of is over: it needs nobody any more.
    settled = models.DateTimeField(null=True)
    # When its e-mails are to be sent; empty: there are none, or they are out.
    mail_due = models.DateTimeField(null=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="accounts_notice_once"),
        ]
        indexes = [
            models.Index(fields=["account", "-id"], name="accounts_notice_newest"),
            models.Index(
                fields=["mail_due"],
                condition=models.Q(mail_due__isnull=False),
                name="accounts_notice_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class NoticeRead(models.Model):
    """That a person has read a notice."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="reads")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "user"], name="accounts_notice_read_once"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} by {self.user_id}"
