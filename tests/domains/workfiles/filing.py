"""Short ways to files for tests."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from uuid import UUID

import pikepdf

from congvu.common.actor import SYSTEM
from congvu.domains.workfiles import services
from congvu.domains.workfiles.types import Described, NewFile
from congvu.ground.files import services as uploads


def pdf(pages: int = 1) -> bytes:
    """So many empty pages; each call the same bytes."""
    made, out = pikepdf.new(), BytesIO()
    for _ in range(pages):
        made.add_blank_page()
    made.save(out, deterministic_id=True)
    return out.getvalue()


def opened(world, login: str = "chuyenmon", **values) -> UUID:
    given = {"title": "Hồ sơ rà soát lúa vụ đông 2026", "notation": "05.KT", "years": 10}
    return services.open_file(world.staff(login), NewFile(**{**given, **values}))


def letter(**values) -> Described:
    given = {
        "subject": "V/v rà soát diện tích lúa", "direction": "out", "type": "CV", "type_name": "Công văn",
        "number": "12", "notation": "UBND-KT", "issued_on": date(2026, 11, 18), "organ_name": "UBND xã Yên Khê",
        "pages": 2, "signer_position": "Chủ tịch", "signer_name": "Lương Trọng Hùng",
    }  # fmt: skip
    return Described(**{**given, **values})


def add(world, file: UUID, login: str = "chuyenmon", content: bytes | None = None, **values) -> int:
    """A document nobody else holds, with a file of its own."""
    actor = world.staff(login)
    upload = uploads.store(actor, name="Văn bản số 12.pdf", content=content or pdf())
    return services.add(actor, file, None, letter(**values), attached=[upload.id])


def handed(actor, file: UUID) -> int:
    """Submitted, and packed as the job does it."""
    made = services.submit(actor, file)
    services.pack(SYSTEM, made)
    return made
