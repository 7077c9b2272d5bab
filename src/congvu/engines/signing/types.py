"""Values that cross the door of this room."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congvu.common.page import Zone
from congvu.engines.signing.batch_types import BatchView as BatchView
from congvu.engines.signing.batch_types import Content as Content
from congvu.engines.signing.batch_types import Item as Item
from congvu.engines.signing.batch_types import ItemState as ItemState
from congvu.engines.signing.batch_types import LatestSignature as LatestSignature
from congvu.engines.signing.batch_types import Offer as Offer
from congvu.engines.signing.batch_types import Outcome as Outcome


class Level(models.TextChoices):
    """Levels of PAdES (ETSI EN 319 142-1), each holding the one before."""

    B_B = "B-B", _("B-B: chữ ký cơ bản")
    B_T = "B-T", _("B-T: có dấu thời gian")
    B_LT = "B-LT", _("B-LT: kèm chứng cứ kiểm tra chứng thư")
    B_LTA = "B-LTA", _("B-LTA: kèm dấu thời gian lưu trữ")


class Chain(models.TextChoices):
    """The two trust chains (Luật GDĐT 20/2023 Điều 22): public duty for agencies, public for citizens and firms."""

    PUBLIC_DUTY = "public_duty", _("Chuyên dùng công vụ")
    PUBLIC = "public", _("Công cộng")


class Usage(models.TextChoices):
    """What a trusted root may stand for."""

    SIGN = "sign", _("Ký văn bản")
    TIMESTAMP = "timestamp", _("Cấp dấu thời gian")


class Standing(StrEnum):
    """What is found of one signature. Only ``valid`` is good; the others are told apart because each asks for
    something else of the reader."""

    VALID = "valid"
    TAMPERED = "tampered"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NOT_YET = "not_yet_valid"
    UNTRUSTED = "untrusted"
    WEAK = "weak"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


class HolderKind(models.TextChoices):
    PERSON = "person", pgettext_lazy("certificate", "Cá nhân")
    ORGANISATION = "organisation", _("Cơ quan, tổ chức")
    DEVICE = "device", _("Thiết bị, dịch vụ, phần mềm")


class Provider(models.TextChoices):
    """Where the key lies."""

    PKCS12 = "pkcs12", _("Tệp PKCS#12 (chỉ để thử nghiệm)")
    TOKEN = "pkcs11", _("Thiết bị USB token, HSM")
    REMOTE = "remote", _("Ký số từ xa")
    HELPER = "helper", _("Công cụ ký số trên máy người ký")


class State(models.TextChoices):
    """State of a certificate in the register; expiry is told by its dates, not kept here."""

    ACTIVE = "active", _("Đang dùng")
    SUSPENDED = "suspended", pgettext_lazy("certificate", "Tạm dừng")
    REVOKED = "revoked", _("Đã thu hồi")
    REPLACED = "replaced", _("Đã thay bằng chứng thư gia hạn")


class Device(models.TextChoices):
    """Where the key device is. ``due``: to be handed back to the provider by a day."""

    NONE = "none", _("Không có thiết bị")
    HELD = "held", _("Người dùng đang giữ")
    DUE = "due", _("Phải nộp lại")
    RETURNED = "returned", _("Đã nộp lại")
    LOST = "lost", _("Đã mất")


class Form(models.TextChoices):
    """Forms of NĐ 68/2024/NĐ-CP (documents.md 5.4)."""

    NEW_PERSON = "01", _("Mẫu 01: cấp mới cho cá nhân")
    NEW_ORGANISATION = "02", _("Mẫu 02: cấp mới cho cơ quan, tổ chức")
    NEW_DEVICE = "03", _("Mẫu 03: cấp mới cho thiết bị, dịch vụ, phần mềm")
    CHANGE = "04", _("Mẫu 04: gia hạn, thay đổi thông tin")
    REVOKE = "05", _("Mẫu 05: thu hồi")
    RESTORE = "06", _("Mẫu 06: khôi phục thiết bị")
    HANDED_OVER = "07", _("Mẫu 07: bàn giao thiết bị")
    RETURNED = "08", _("Mẫu 08: nộp lại thiết bị")
    LOST = "09", _("Mẫu 09: mất thiết bị")


class HelperTask(StrEnum):
    """What the signing tool is asked for: a person's signature, the agency's (with number and date), of an annex, of a
    copy."""

    APPROVED = "approved"
    ISSUED = "issued"
    APPENDIX = "appendix"
    COPY = "copy"


class Credential(Protocol):
    """What signs: a certificate, the chain above it, and a way to have digests signed. The key never leaves its
    provider; ``sign`` gives one signature after the other, so that what was signed before a fault is kept."""

    @property
    def certificate(self) -> bytes:
        """The signer's certificate, DER."""

    @property
    def chain(self) -> tuple[bytes, ...]:
        """Certificates above it, DER, nearest first; the root may be missing."""

    def sign(self, digests: Sequence[bytes]) -> Iterable[bytes]:
        """PKCS#1 v1.5 or ECDSA signatures over SHA-256 digests, in their order. Raises CredentialRefused."""


class Opened(Credential, Protocol):
    """A credential opened by one authentication; ``close`` forgets the key."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class TextField:
    """A blank to be filled after the first signature, such as the number. ``label`` is read out by screen readers."""

    zone: Zone
    label: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """What goes into a text field: its value, and how it looks, a PDF of one page drawn at the zone's size."""

    text: str
    appearance: bytes


@dataclass(frozen=True, slots=True)
class Begun:
    """A document prepared for a signature over ``digest`` (SHA-256 of the signed attributes). Plain values: it may be
    kept while a remote signer is waited for. ``start`` and ``end`` bound the place left for the signature."""

    pdf: bytes
    field: str
    digest: bytes
    attributes: bytes
    start: int
    end: int
    certificate: bytes
    chain: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a judgement of a signature rests on, DER: certificates of the chain, OCSP responses, CRLs."""

    certificates: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()

    def __add__(self, other: Evidence) -> Evidence:
        return Evidence(
            tuple(dict.fromkeys(self.certificates + other.certificates)),
            tuple(dict.fromkeys(self.ocsps + other.ocsps)),
            tuple(dict.fromkeys(self.crls + other.crls)),
        )


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature as found. ``time`` is proven if ``timestamped``, else claimed by the signer; None if it says none.

    ``integrity``: what was signed is unchanged. ``trusted``: the certificate was good at that time, by evidence.
    ``reason`` is Vietnamese, a whole sentence, also for a good signature. ``certificate`` is DER.
    """

    field: str
    signer: str
    organisation: str
    time: datetime | None
    timestamped: bool
    integrity: bool
    trusted: bool
    level: str
    reason: str
    standing: Standing
    covers_whole_file: bool
    certificate: bytes
    chain: str = ""
    issuer: str = ""
    serial: str = ""
    cms_sha256: str = ""
    evidence: Evidence = dataclasses.field(default_factory=Evidence)

    @property
    def valid(self) -> bool:
        return self.standing is Standing.VALID


@dataclass(frozen=True, slots=True)
class Report:
    """All signatures of a file in their order. ``valid``: there is at least one, and every one is good."""

    signatures: tuple[SignatureReport, ...]

    @property
    def valid(self) -> bool:
        return bool(self.signatures) and all(found.valid for found in self.signatures)


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed file, the level reached, and what it rests on."""

    pdf: bytes
    level: Level
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TrustRootView:
    """A certificate that is trusted from a day to a day (None: until further notice)."""

    id: int
    name: str
    chain: str
    purposes: tuple[str, ...]
    anchor: bool
    subject: str
    fingerprint: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    certificate: bytes


@dataclass(frozen=True, slots=True)
class CertificateView:
    """A certificate of the register. ``state`` may be ``expired`` on the day asked for."""

    id: int
    holder_kind: HolderKind
    name: str
    unit_id: int
    user_id: int | None
    position_id: int | None
    custodian_id: int | None
    serial: str
    subject: str
    issuer: str
    fingerprint: str
    valid_from: datetime
    valid_to: datetime
    provider: Provider
    state: str
    state_reason: str
    device: Device
    device_serial: str
    device_due: date | None


@dataclass(frozen=True, slots=True)
class CertificateCount:
    """Certificates of one managing unit: issued in the period, and in force at its end."""

    unit_id: int
    persons_issued: int
    organisations_issued: int
    persons: int
    organisations: int


@dataclass(frozen=True, slots=True)
class RequestView:
    """A paper of the life of a certificate: a request (01 to 06) or a record (07 to 09)."""

    id: int
    form: Form
    state: str
    unit_id: int
    holder_kind: str
    user_id: int | None
    certificate_id: int | None
    reason: str
    letter: str
    asked_by: str
    asked_at: datetime
    closed_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is to get a certificate: a person (``user_id``), an agency (``unit_id`` alone) or a device of the agency.

    ``unit_id`` is always the agency that manages it and asks (NĐ 68/2024: the direct managing agency, a legal person).
    """

    holder_kind: HolderKind
    unit_id: int
    user_id: int | None = None
    position_id: int | None = None
    reason: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """What the provider of certificates gave: the certificate itself, where its key lies, its device.

    ``provider_ref`` finds the key at its provider: a file below the key directory, a token's label, a remote id.
    """

    certificate: bytes
    provider: Provider
    provider_ref: str = ""
    device_serial: str = ""
    custodian_id: int | None = None
