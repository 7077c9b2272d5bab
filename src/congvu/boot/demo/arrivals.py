"""Incoming documents of the first commune, played through the acts while the clock is moved back.

Every list of the desk has something: arrivals nobody has registered, documents that wait for the chair, some in
process of which a few are late, some done, one returned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import time_machine

from congvu.boot.demo import senders
from congvu.boot.demo.organisation import Organisation
from congvu.boot.demo.territory import COMMUNES, PROVINCE
from congvu.common.actor import SYSTEM, Actor
from congvu.common.zones import at, local_date
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import DirectionInput, Forwarding, IncomingInput
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import FieldLine, Office, ResultDraft, Signer
from congvu.engines.workflow import selectors as work
from congvu.ground.files import services as files
from congvu.ground.orgs import selectors as orgs
from congvu.ground.worktime import rules
from congvu.ground.worktime import selectors as calendars
from congvu.ground.worktime.types import Calendar

HOME = f"xa-{COMMUNES[0].slug}"


@dataclass(frozen=True, slots=True)
class Letter:
    """One document: who wrote what, how it came, how many working days ago, and how far it has gone.

    ``ends``: arrived, back, registered, begun (with ``unit`` and ``term`` in working days from the direction), done.
    """

    sender: str
    number: str
    symbol: str
    kind: str
    subject: str
    ago: int
    ends: str
    unit: str = "kt"
    term: int = 5
    priority: int = 0
    channel: str = "exchange"
    reply: int = 0
    warning: str = ""
    opinion: str = "Chủ trì tham mưu văn bản trả lời đúng hạn."
    result: str = ""
    helper: str = ""


def _letters() -> tuple[Letter, ...]:
    home, culture, money = "Sở Nội vụ", "Sở Văn hóa, Thể thao và Du lịch", "Sở Tài chính"
    farm, build = "Sở Nông nghiệp và Môi trường", "Sở Xây dựng"
    province = f"Ủy ban nhân dân tỉnh {PROVINCE}"
    cv, bc, tb, kh = "Công văn", "Báo cáo", "Thông báo", "Kế hoạch"
    return (
        Letter(farm, "2981", "SNNMT-CCTL", cv, "V/v báo cáo thiệt hại do mưa lũ trên địa bàn", 19, "done",
               result="Đã gửi Báo cáo số 214/BC-UBND."),
        Letter(home, "1102", "SNV-CCHC", cv, "V/v rà soát chỉ tiêu cải cách hành chính năm 2026", 17, "done", "vp",
               result="Đã gửi Công văn số 655/UBND-VP."),
        Letter(money, "3340", "STC-NS", cv, "V/v đối chiếu số liệu chi ngân sách quý III", 15, "done", "kt",
               result="Đã đối chiếu, xác nhận số liệu trên biên bản."),
        Letter(province, "88", "KH-UBND", kh, "Triển khai phong trào toàn dân đoàn kết", 13, "done", "vh", 7,
               result="Đã ban hành Kế hoạch số 61/KH-UBND của xã.", channel="paper"),
        Letter(culture, "905", "SVHTTDL-DSVH", cv, "V/v kiểm kê di tích trên địa bàn xã", 11, "begun", "vh", 8),
        Letter(farm, "3120", "SNNMT-QLĐĐ", cv, "V/v rà soát quỹ đất công ích do xã quản lý", 9, "begun", "kt", 6,
               helper="vp"),
        Letter(province, "1502", "UBND-KTTH", cv, "V/v báo cáo giải ngân vốn đầu tư công 11 tháng", 6, "begun", "kt", 8,
               priority=1, helper="vp"),
        Letter(home, "1247", "SNV-TCBC", cv, "V/v thống kê cán bộ, công chức cấp xã", 5, "begun", "vp", 10),
        Letter(build, "2210", "SXD-QLN", cv, "V/v rà soát nhà ở xuống cấp trước mùa mưa bão", 4, "begun", "kt", 6),
        Letter(culture, "948", "SVHTTDL-TDTT", cv, "V/v cử vận động viên dự hội thi thể thao", 3, "begun", "vh", 7),
        Letter(money, "3502", "STC-QLCS", cv, "V/v kiểm kê tài sản công tại thời điểm cuối năm", 2, "begun", "kt", 10),
        Letter("Công ty cổ phần Thép Đông Bình", "17", "ĐB", cv, "V/v xin ý kiến về tuyến đường vận chuyển", 4, "back",
               channel="paper", result="Văn bản thuộc thẩm quyền của Sở Xây dựng; đề nghị gửi đúng cơ quan."),
        Letter(province, "1544", "UBND-NC", cv, "V/v tăng cường kỷ luật, kỷ cương hành chính dịp cuối năm", 1,
               "registered", reply=8),
        Letter(home, "1284", "SNV-TCBC", cv, "V/v báo cáo biên chế năm 2026", 1, "registered", reply=6),
        Letter(build, "402", "TB-SXD", tb, "Lịch kiểm tra trật tự xây dựng quý IV", 1, "registered"),
        Letter(farm, "3388", "SNNMT-PCTT", "Công điện", "Ứng phó đợt mưa lớn diện rộng", 0, "registered", priority=3),
        Letter("Trạm Y tế khu vực Yên Khê", "29", "BC-TYT", bc, "Kết quả tiêm chủng mở rộng tháng 11", 1, "registered",
               channel="paper"),
        Letter(province, "1561", "UBND-VP", "Giấy mời", "Họp trực tuyến sơ kết công tác tháng 11", 0, "arrived",
               priority=1),
        Letter(home, "1291", "SNV-CCHC", cv, "V/v tự chấm điểm chỉ số cải cách hành chính năm 2026", 0, "arrived",
               reply=9),
        Letter(money, "3527", "STC-NS", cv, "V/v xây dựng dự toán ngân sách năm 2027", 0, "arrived", reply=7),
        Letter(farm, "3391", "SNNMT-CCTL", cv, "V/v kiểm tra an toàn hồ đập nhỏ", 0, "arrived"),
        Letter(build, "2266", "SXD-QLHT", cv, "V/v góp ý quy hoạch giao thông nông thôn", 0, "arrived",
               warning="Thông điệp không có tệp văn bản đọc được."),
        Letter(culture, "957", "SVHTTDL-VP", tb, "Lịch thẩm định danh hiệu làng văn hóa", 0, "arrived"),
    )  # fmt: skip


def play(made: Organisation, *, now: datetime) -> int:
    """Play the documents unless there are some. Returns how many came in."""
    clerk, chair = holder(made, f"{HOME}-vp", "registrar"), holder(made, HOME, "chair")
    book = documents.book_of(clerk)
    if documents.incoming_list(clerk, documents.IncomingQuery(), limit=1).rows:
        return 0
    calendar = calendars.calendar("vn")
    days = list(days_back(now, calendar))
    paper = senders.signed(sample(now), now)
    count = 0
    for place, letter in enumerate(_letters()):
        stage = _Stage(made, clerk, chair, book.key, calendar, days, now, paper)
        stage.play(letter, place)
        count += 1
    return count


def days_back(now: datetime, calendar: Calendar) -> Iterator[date]:
    """Working days before and with today, the newest first."""
    day = local_date(now)
    while True:
        if calendar.intervals(day):
            yield day
            if (local_date(now) - day).days > 40:
                return
        day -= timedelta(days=1)


def holder(made: Organisation, unit: str, role: str) -> Actor:
    """Who acts in the first post of this role in the unit."""
    position = orgs.positions(made.units[unit], role)[0]
    person = next(iter(orgs.holders_of(position.id)))
    return orgs.staff_actor(person.user_id, position.id)


@dataclass(slots=True)
class _Stage:
    """What the play needs: who acts, the working days, the sample paper."""

    made: Organisation
    clerk: Actor
    chair: Actor
    book: str
    calendar: Calendar
    days: list[date]
    now: datetime
    paper: bytes

    def play(self, letter: Letter, place: int) -> None:
        """One document, from its arrival to where it ends."""
        start = self._moment(letter.ago, place)
        with time_machine.travel(start, tick=True):
            given, record = self._envelope(letter, local_date(start)), None
            if letter.channel == "exchange":
                record = services.receive(SYSTEM, self.book, given)
        if letter.ends == "arrived":
            return
        later = start + timedelta(minutes=25)
        with time_machine.travel(min(later, self.now), tick=True):
            record = self._register(record, given, place)
        if letter.ends == "back":
            with time_machine.travel(min(later + timedelta(minutes=20), self.now), tick=True):
                services.send_back(self.clerk, record, reason=letter.result)
            return
        if letter.ends != "registered":
            self._work(letter, record, later)

    def _moment(self, ago: int, place: int) -> datetime:
        """A morning some working days ago; today's letters in the hours before now."""
        if ago == 0:
            return self.now - timedelta(minutes=200 - 7 * place)
        return at(self.days[min(ago, len(self.days) - 1)], 8, 10 + 2 * place % 45)

    def _envelope(self, letter: Letter, today: date) -> IncomingInput:
        by = SYSTEM if letter.channel == "exchange" else self.clerk
        file = files.store(by, name=f"{letter.number}-{letter.symbol}.pdf", content=self.paper)
        reply = rules.add_working_days(today, letter.reply, self.calendar) if letter.reply else None
        warned = (letter.warning,) if letter.warning else ()
        return IncomingInput(
            sender=letter.sender, subject=letter.subject, number=letter.number, symbol=letter.symbol,
            issued_on=today - timedelta(days=1), kind_name=letter.kind, priority=letter.priority, pages=2,
            reply_by=reply, channel=letter.channel, warnings=warned, files=() if warned else (file.id,),
        )  # fmt: skip

    def _register(self, record: UUID | None, given: IncomingInput, place: int) -> UUID:
        if record is None:
            return services.register(self.clerk, given, Forwarding(), key=f"demo-arrival-{place}").record_id
        return services.register_arrived(self.clerk, record, Forwarding()).record_id

    def _work(self, letter: Letter, record: UUID, later: datetime) -> None:
        """The chair directs, and for what is done the unit finishes some days on."""
        directed = later + timedelta(minutes=95)
        due = at(rules.add_working_days(local_date(directed), letter.term, self.calendar), 17, 0)
        lines = [DirectionInput("lead", self.made.units[f"{HOME}-{letter.unit}"], due_at=due)]
        if letter.helper:
            lines.append(DirectionInput("support", self.made.units[f"{HOME}-{letter.helper}"], due_at=due))
        with time_machine.travel(directed, tick=True):
            services.direct(self.chair, record, lines, opinion=letter.opinion)
        if letter.ends == "done":
            end = rules.add_working(directed, timedelta(hours=8 * max(letter.term - 2, 1)), self.calendar)
            head = holder(self.made, f"{HOME}-{letter.unit}", "head")
            item = next(item for item in work.open_items(record) if item.kind == "handle")
            with time_machine.travel(end, tick=True):
                services.finish(head, item.id, result=letter.result)


def sample(now: datetime) -> bytes:
    """One sheet that stands for every scan: it says that it is invented."""
    paper = ResultDraft(
        office=Office(f"Ủy ban nhân dân tỉnh {PROVINCE}", place=PROVINCE), on=local_date(now), code="", number="",
        kind="Văn bản minh họa", subject="Bản quét của văn bản đến trong dữ liệu trình diễn",
        signer=Signer("THỦ TRƯỞNG CƠ QUAN", ""),
        fields=(FieldLine("Nội dung", "Văn bản này là hư cấu, chỉ để xem cách tiếp nhận và chỉ đạo."),),
    )  # fmt: skip
    return typeset.render(paper.template, paper)
