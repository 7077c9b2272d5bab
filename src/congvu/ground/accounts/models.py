"""Logins and the persons behind them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy


class Subject(models.Model):
    """A person or organisation that files dossiers, with or without a login.

    A citizen is known by the 12-digit personal number (số định danh cá nhân) and, once signed in through the
    national identity service, by ``tech_id``; an organisation by its tax code, whoever signs in for it.
    """

    class Kind(models.TextChoices):
        PERSON = "person", gettext_lazy("Cá nhân")
        ENTERPRISE = "enterprise", gettext_lazy("Doanh nghiệp")
        AGENCY = "agency", gettext_lazy("Cơ quan nhà nước")
        ORGANISATION = "organisation", gettext_lazy("Tổ chức khác")

    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.PERSON)
    full_name = models.CharField(max_length=200)
    personal_id = models.CharField(max_length=12, blank=True)
    tax_code = models.CharField(max_length=14, blank=True)
    tech_id = models.CharField(max_length=64, blank=True)
    born_on = models.DateField(null=True)
    sex = models.CharField(max_length=8, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["personal_id"], condition=~Q(personal_id=""), name="accounts_subject_pid"),
            models.UniqueConstraint(fields=["tech_id"], condition=~Q(tech_id=""), name="accounts_subject_tech"),
            models.CheckConstraint(condition=Q(tech_id="") | Q(kind="person"), name="accounts_subject_tech_person"),
            models.UniqueConstraint(fields=["tax_code"], condition=~Q(tax_code=""), name="accounts_subject_tax"),
        ]

    def __str__(self) -> str:
        return self.full_name


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One login. Staff reach posts by dated assignments (``orgs``), citizens reach their subject; never both."""

    class Kind(models.TextChoices):
        STAFF = "staff", gettext_lazy("Cán bộ")
        CITIZEN = "citizen", gettext_lazy("Người dân")
        MACHINE = "machine", gettext_lazy("Hệ thống ngoài")

    username = models.CharField(max_length=150, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.STAFF)
    full_name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    subject = models.OneToOneField(Subject, null=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    preferences = models.JSONField(default=dict)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_user_one_kind",
                condition=Q(kind="citizen", subject__isnull=False)
                | Q(kind__in=["staff", "machine"], subject__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.username


class ApiToken(models.Model):
    """A key with which a program outside calls the API as one login in one post.

    The secret itself is shown once and never kept: ``digest`` is the SHA-256 of its 256 random bits. ``position`` is
    the id of a post (``orgs`` stands above this room). ``used`` counts the calls of the running ``minute``.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    position = models.BigIntegerField()
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=32), default=list)
    per_minute = models.PositiveIntegerField()
    minute = models.DateTimeField(null=True)
    used = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["position"], name="accounts_token_position")]

    def __str__(self) -> str:
        return self.name


class Attempt(models.Model):
    """How often somebody tried something in the window that runs. ``key`` is a keyed digest: no address is kept."""

    key = models.CharField(max_length=64, primary_key=True)
    number = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.number} until {self.until}"
