"""Opinions asked on drafts of the first commune: one round that waits, one that is answered, one the signer reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from congvu.boot.demo.arrivals import HOME, holder
from congvu.boot.demo.organisation import Organisation
from congvu.common.zones import local_date
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import AuthorisationInput, ConsultInput
from congvu.ground.worktime import rules
from congvu.ground.worktime import selectors as calendars

# The draft's subject, its unit, what is asked; of each unit what its head says, nothing where it has not answered.
ROUNDS: tuple[tuple[str, str, str, tuple[tuple[str, str, str], ...]], ...] = (
    ("Tổng kết công tác cải cách hành chính", "vp", "Đề nghị rà soát số liệu phần II thuộc lĩnh vực của phòng.", (
        ("kt", "", ""), ("vh", "remarks", "Bổ sung kết quả số hóa hồ sơ lĩnh vực người có công: 412 hồ sơ."),
    )),
    ("phê duyệt quy hoạch chi tiết điểm dân cư thôn Bãi", "kt", "Đề nghị cho ý kiến về vị trí nhà văn hóa thôn.", (
        ("vh", "disagree", "Nhà văn hóa thôn cần đặt gần trục đường chính, không đặt tại lô CX-02."),
        ("vp", "agree", ""),
    )),
    ("Kết quả giải ngân vốn đầu tư công 11 tháng", "kt", "Thống nhất số liệu trước khi trình ký.", (
        ("vp", "remarks", "Ghi rõ nguyên nhân chậm của 02 dự án chuyển tiếp."),
    )),
)  # fmt: skip
TOOK = ("accepted", "Đã bổ sung nguyên nhân chậm của 02 dự án tại mục 3.")


def authorise(made: Organisation, *, now: datetime) -> None:
    """The chair lets the head of the office sign routine letters until the end of the year."""
    today = local_date(now)
    leader, head = holder(made, HOME, "chair"), holder(made, f"{HOME}-vp", "head")
    matters = "Ký công văn đôn đốc, thông báo lịch họp thuộc công tác văn phòng."
    last = today.replace(month=12, day=31)
    given = AuthorisationInput(
        leader.position_id, head.position_id, "07/GUQ-UBND", matters, today, last, ("CV", "TB")
    )  # fmt: skip
    services.authorise(leader, given)


def play(made: Organisation, drafted: Mapping[str, UUID], *, now: datetime) -> None:
    """Ask and answer on the drafts just made; ``drafted`` are their records by subject."""
    last = rules.add_working_days(local_date(now), 2, calendars.calendar("vn"))
    for subject, unit, question, said in ROUNDS:
        draft = next(record for title, record in drafted.items() if subject in title)
        author = holder(made, f"{HOME}-{unit}", "specialist")
        asked = tuple((made.units[f"{HOME}-{who}"], None) for who, _stance, _text in said)
        services.ask_opinion(author, draft, ConsultInput(asked, last, question))
        (round_,) = documents.consultations(author, draft)
        for one, (who, stance, text) in zip(round_.consulted, said, strict=True):
            if stance:
                head = holder(made, f"{HOME}-{who}", "head")
                opinion = services.give_opinion(head, one.id, stance=stance, text=text, version=1)
                if "giải ngân" in subject:
                    services.settle_opinion(author, opinion, taken=TOOK[0], words=TOOK[1])
