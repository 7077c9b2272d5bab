"""What is rare in some weeks of work, one of each, so that no list of the desk opens empty: envelopes at the post, a
stored copy lent out, somebody let to read a document, a making known that ended, a file late for the archive, a
council on expired files, certificates suspended and revoked, a partner of the exchange, work put off.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import time_machine
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from congvu.boot.demo.arrivals import HOME, holder, sample
from congvu.boot.demo.organisation import Organisation
from congvu.common.actor import SYSTEM, Actor
from congvu.common.zones import local_date
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.services import LoanInput, PostingInput
from congvu.domains.documents.types import SpreadInput
from congvu.domains.workfiles import services as workfiles
from congvu.domains.workfiles.types import Described, NewFile
from congvu.engines.exchange import services as exchange
from congvu.engines.exchange.edxml.writer import write_letter
from congvu.engines.exchange.types import Attachment, Letter, Party, Signer
from congvu.engines.signing import selectors as register
from congvu.engines.signing import services as signing
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.ground.orgs import selectors as orgs

COUNCIL = ("chanhvp", "truongphong", "hotich", "giamdoc", "vanhoa")
FAR = Party("000.00.17.H98", "Sở Xây dựng tỉnh Thanh Sơn", "UBND tỉnh Thanh Sơn")
NEAR = Party("H99.24.1", "UBND xã Yên Khê", "UBND tỉnh Bình Lam")


def play(made: Organisation, *, now: datetime) -> int:
    """Play each unless it was played. Returns how many work files came of it."""
    clerk, chair = holder(made, f"{HOME}-vp", "registrar"), holder(made, HOME, "chair")
    if documents.access_waiting(chair):
        return 0
    _books(clerk, now)
    _let_read(clerk, made)
    _ended(made, now)
    count = _late_for_archive(made, now) + _expired(made, clerk, now)
    _certificates(made, clerk)
    _exchange(made, now)
    _put_off(clerk)
    return count


def _books(clerk: Actor, now: datetime) -> None:
    """Two envelopes with an issued document, and the stored copy of another lent and still out."""
    first, second, *_rest = documents.outgoing_list(clerk, documents.OutgoingQuery(view="da-phat-hanh")).rows
    today = local_date(now)
    services.post(clerk, first.id, PostingInput("Các trưởng thôn", 8, today, "BL147000215VN"), key="demo-post-0")
    given = LoanInput("Ngô Minh Tùng, Phòng Kinh tế", "Chánh Văn phòng", today, note="Đối chiếu khi soạn báo cáo")
    services.lend(clerk, second.id, given)


def _let_read(clerk: Actor, made: Organisation) -> None:
    """The records clerk let another section read a document; a leader has not confirmed it yet."""
    (row,) = documents.incoming_list(clerk, documents.IncomingQuery(text="3120/SNNMT-QLĐĐ")).rows
    services.share(
        clerk, row.id, unit=made.units[f"{HOME}-vh"], reason="Cần đối chiếu đất xây nhà văn hóa thôn với quỹ đất"
    )


def _ended(made: Organisation, now: datetime) -> None:
    """A notice made known and withdrawn the next day."""
    head = holder(made, f"{HOME}-vp", "head")
    given = SpreadInput(
        title="Lịch cắt điện ngày 20 tại trụ sở", text="Đơn vị điện lực báo cắt điện từ 7 giờ đến 11 giờ.", days=1,
        units=(made.units[f"{HOME}-tt"],),
    )  # fmt: skip
    with time_machine.travel(now - timedelta(days=4), tick=True):
        record = services.disseminate(head, given, key="demo-spread-ended")
    with time_machine.travel(now - timedelta(days=3), tick=True):
        services.end_dissemination(head, record, reason="Điện lực báo hoãn, không cắt điện nữa.")


def _late_for_archive(made: Organisation, now: datetime) -> int:
    """Closed 75 days ago: 15 days late (60 days, Luật Lưu trữ 33/2024/QH15)."""
    official, today = holder(made, f"{HOME}-kt", "specialist"), local_date(now)
    began, ended = today - timedelta(days=95), today - timedelta(days=75)
    _closed(official, "Hồ sơ kiểm tra an toàn lao động tại các điểm khai thác cát", "90.KT", began, ended, years=10)
    return 1


def _closed(actor: Actor, title: str, notation: str, began: date, ended: date, *, years: int) -> UUID:
    file = workfiles.open_file(actor, NewFile(title=title, notation=notation, years=years, started_on=began))
    for place, (name, kind) in enumerate((("Kế hoạch", "KH"), ("Báo cáo", "BC"))):
        described = Described(
            f"{name} của hồ sơ", direction="out", type=kind, type_name=name, number=str(7 + place),
            notation=f"{kind}-UBND", pages=2, issued_on=began + (ended - began) * place, organ_name="UBND xã Yên Khê",
        )  # fmt: skip
        workfiles.add(actor, file, None, described)
    workfiles.close(actor, file, ended_on=ended)
    return file


def _expired(made: Organisation, clerk: Actor, now: datetime) -> int:
    """Files whose two years ended long ago: one on the list of a council, one nobody has proposed yet."""
    year = local_date(now).year - 5
    titles = (f"Sổ trực cơ quan năm {year}", f"Hồ sơ đón, tiễn đoàn khách năm {year}")
    expired = []
    for place, title in enumerate(titles):
        file = _closed(clerk, title, f"{91 + place}.HC", date(year, 1, 4), date(year, 12, 20), years=2)
        workfiles.pack(SYSTEM, workfiles.submit(clerk, file))
        workfiles.answer(clerk, file, accepted=True)
        expired.append(file)
    members = [_post(made, login) for login in COUNCIL]
    listed = workfiles.list_for_disposal(
        clerk, made.units[HOME], title=f"Danh mục xét hủy hồ sơ hết thời hạn năm {year + 2}", files=expired[:1],
        members=[member.position_id or 0 for member in members], reason="Hết thời hạn lưu trữ, không còn giá trị",
    )  # fmt: skip
    for member in members[:3]:
        workfiles.speak(member, listed, agrees=True)
    return len(expired)


def _post(made: Organisation, login: str) -> Actor:
    return orgs.staff_actor(made.users[login])


def _certificates(made: Organisation, clerk: Actor) -> None:
    """One suspended while its holder is away; one revoked, its device still to be handed back."""
    own = {view.user_id: view.id for view in register.certificates(clerk) if view.user_id}
    away = next(iter(orgs.holders_of(made.positions[f"{HOME}:chair:3"]))).user_id
    signing.suspend(clerk, own[away], reason="Đi học tập trung ba tháng.")
    signing.revoke(clerk, own[made.users["vanhoa"]], reason="Không còn ký văn bản điện tử ở vị trí này.")


def _exchange(made: Organisation, now: datetime) -> None:
    """A partner by a watched folder, codes of both sides, and a document that came from it."""
    since, folder = date(2025, 7, 1), Path(settings.FILES_ROOT).parent / "truc-lien-thong"
    exchange.set_partner(
        SYSTEM, "truc-tinh", name="Trục liên thông (minh họa)", transport="folder", address=str(folder)
    )
    exchange.name_agency(SYSTEM, NEAR.id, name=NEAR.name, valid_from=since, unit_id=made.units[HOME])
    exchange.name_agency(SYSTEM, FAR.id, name=FAR.name, valid_from=since, partner="truc-tinh")
    letter = Letter(
        sender=FAR, to=(NEAR,), number="318", notation="SXD-HTKT", promulgated=local_date(now) - timedelta(days=1),
        subject="V/v phối hợp rà soát tuyến đường giáp ranh hai tỉnh", type_name="Công văn", place="Thanh Sơn",
        signer=Signer("KT. GIÁM ĐỐC", "Phó Giám đốc", "Đỗ Văn Mẫu"), attachments=(Attachment("318-SXD-HTKT.pdf"),),
    )  # fmt: skip
    raw = write_letter(letter, [sample(now)])
    with transaction.atomic():
        exchange.read_message(exchange.accept(raw, via="truc-tinh").message_id)


def _put_off(clerk: Actor) -> None:
    """The clerk put one piece of work off until the day after tomorrow."""
    rows = work.inbox(clerk).rows
    workflow.put_off(clerk, rows[-1].id, until=timezone.now() + timedelta(days=2))
