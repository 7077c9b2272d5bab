"""Short names for what tests of documents do in the first commune of the small world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import time_machine

from congvu.boot.demo import issuers as demo
from congvu.common.actor import SYSTEM, Actor
from congvu.common.zones import VN
from congvu.domains.documents import services
from congvu.domains.documents.selectors import issuer
from congvu.domains.documents.types import (
    DirectionInput,
    DraftInput,
    Forwarding,
    IncomingInput,
    RecipientInput,
    Registered,
    ToIssue,
    ToSign,
)
from congvu.engines.signing import services as signing
from congvu.engines.signing.types import HolderKind, Issued, Provider, Wish
from congvu.engines.typeset import services as typeset
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow.types import ItemView
from congvu.ground.files import recognition
from congvu.ground.files.models import Recognition
from tests.engines.signing.pki import PIN, Pki
from tests.kept import Kept
from tests.world import World

COMMUNE = "xa-yen-khe"


@dataclass
class Office:
    """Yên Khê's documents: its records clerk, leaders and sections, and short names for what tests do."""

    world: World
    pki: Any = None

    @property
    def clerk(self) -> Actor:
        return self.world.staff("vanthu")

    @property
    def chair(self) -> Actor:
        return self.world.staff("chutich")

    def unit(self, suffix: str = "") -> int:
        return self.world.made.units[f"{COMMUNE}-{suffix}" if suffix else COMMUNE]

    def position(self, key: str) -> int:
        return self.world.made.positions[f"{COMMUNE}{key}"]

    def letter(self, **values: Any) -> IncomingInput:
        given = {
            "sender": "Sở Nội vụ", "subject": "V/v báo cáo biên chế năm 2026", "number": "1284", "symbol": "SNV-TCBC",
            "issued_on": date(2026, 11, 17), "kind_name": "Công văn",
        }  # fmt: skip
        return IncomingInput(**{**given, **values})

    def register(self, forward: Forwarding | None = None, *, key: str = "", **values: Any) -> Registered:
        return services.register(
            self.clerk, self.letter(**values), forward or Forwarding(), key=key or uuid4().hex,
            another=values.pop("another", False),
        )  # fmt: skip

    def item(self, record: UUID, kind: str) -> ItemView:
        (found,) = [item for item in work.open_items(record) if item.kind == kind]
        return found

    def lead(self, suffix: str = "kt", day: int = 27) -> DirectionInput:
        return DirectionInput("lead", self.unit(suffix), due_at=datetime(2026, 11, day, 17, tzinfo=VN))

    def support(self, suffix: str = "vh", day: int = 26) -> DirectionInput:
        return DirectionInput("support", self.unit(suffix), due_at=datetime(2026, 11, day, 17, tzinfo=VN))

    def content(self, *paragraphs: str, **values: Any) -> dict[str, Any]:
        blocks = [{"type": "paragraph", "text": [{"text": text}]} for text in paragraphs or ("Nội dung báo cáo.",)]
        return {"blocks": blocks, "recipients": ["Như trên", "Lưu: VT, KT"], **values}

    def draft(self, kind: str = "CV", **values: Any) -> UUID:
        """A draft of the official of Phòng Kinh tế."""
        given = {
            "kind": kind, "subject": "báo cáo biên chế năm 2026", "content": self.content(addressees=["Sở Nội vụ"])
        }  # fmt: skip
        if kind not in ("CV", "TTR", "BC"):
            given["content"] = self.content()
        return services.draft(self.official, DraftInput(**{**given, **values}), key=uuid4().hex)

    @property
    def official(self) -> Actor:
        return self.world.staff("chuyenmon")

    def step(self, record: UUID) -> ItemView:
        """The step of its own way that waits; opinions asked beside it are none."""
        (found,) = [item for item in work.open_items(record) if item.kind != "consult"]
        return found

    def read_files(self) -> None:
        """What jobs do after the commit: files that were brought are read for marks of secrecy."""
        for file in Recognition.objects.filter(done_at=None).values_list("file", flat=True):
            recognition.read(file)

    def to_signature(self, record: UUID) -> None:
        """Presented, and initialled for content and layout; its files were read meanwhile."""
        self.read_files()
        services.submit(self.official, self.step(record).id)
        services.endorse(self.world.staff("truongphong"), self.step(record).id)
        services.endorse(self.world.staff("chanhvp"), self.step(record).id)

    def certificate(self, name: str) -> int:
        """A certificate of the test infrastructure by its number in the register."""
        from congvu.engines.signing.models import Certificate

        return Certificate.objects.get(content=getattr(self.pki, name).der).id

    def hold_signature(self, record: UUID, n: int = 1, *, actor: Actor | None = None, name: str = "chair") -> UUID:
        """Read and signed by the key, not finished yet. Returns the batch."""
        from tests.engines.signing.pki import credential

        who = actor or self.chair
        services.mark_read(who, record, n=n)
        batch = services.open_signing(who, self.certificate(name), [ToSign(self.step(record).id, n)])
        signing.hold_signatures(who, batch, credential(getattr(self.pki, name)))
        return batch

    def sign(self, record: UUID, n: int = 1, *, actor: Actor | None = None, name: str = "chair") -> None:
        """Signed, and finished as the job does it."""
        batch = self.hold_signature(record, n, actor=actor, name=name)
        (item,) = signing.finish_batch(actor or self.chair, batch).items
        assert item.state == "signed", item.reason

    def hold_seal(self, record: UUID, *recipients: RecipientInput) -> UUID:
        """Numbered and sealed by the key, not finished yet. Returns the batch."""
        from tests.engines.signing.pki import credential

        to = recipients or (RecipientInput("paper", "Sở Nội vụ"),)
        chosen = [ToIssue(self.step(record).id, to)]
        batch = services.open_issuing(self.clerk, self.certificate("agency"), chosen)
        signing.hold_signatures(self.clerk, batch, credential(self.pki.agency))
        return batch

    def issue(self, record: UUID, *recipients: RecipientInput) -> None:
        """Issued, as the job finishes it."""
        (item,) = signing.finish_batch(self.clerk, self.hold_seal(record, *recipients)).items
        assert item.state == "signed", item.reason


@Kept
def issuers(world: World) -> None:
    """The agencies of the first two communes issue documents."""
    demo.load(world.made, communes=2)


@Kept
def pictures(world: World) -> None:
    """Of the chairs' signatures and of the seal of Yên Khê."""
    for login in ("chutich", "phochutich"):
        services.set_picture(SYSTEM, typeset.demo_signature(world.staff(login).name), user=world.made.users[login])
    services.set_picture(SYSTEM, typeset.demo_seal("UBND xã Yên Khê"), issuer=issuer("xa-yen-khe").id)


# Names of the test infrastructure, with the login of the person; without one they are the agency's.
HOLDERS = {"chair": "chutich", "revoked": "chutich", "ending": "phochutich", "agency": "", "expired": ""}


def key_files(pki: Pki, folder: Path) -> None:
    for name in HOLDERS:
        (folder / f"{name}.p12").write_bytes(getattr(pki, name).pkcs12(PIN))


@Kept
def certificates(office: Office) -> None:
    """The certificates in the register of Yên Khê: the chair's, the agency's, and three that no longer serve."""
    for name in ("chair", "revoked", "ending", "agency"):
        _issued(office, name)
    with time_machine.travel(datetime(2026, 3, 2, 8, tzinfo=VN), tick=False):
        _issued(office, "expired")


def _issued(office: Office, name: str) -> None:
    login = HOLDERS[name]
    kind = HolderKind.PERSON if login else HolderKind.ORGANISATION
    paper = signing.ask(SYSTEM, Wish(kind, office.unit(), office.world.made.users.get(login), reason="Ký số"))
    signing.issue(SYSTEM, paper, Issued(getattr(office.pki, name).der, Provider.PKCS12, f"{name}.p12"))
