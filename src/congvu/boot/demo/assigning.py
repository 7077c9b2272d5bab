"""Tasks of the first commune, played through the acts while the clock is moved back: given, begun, handed on, judged.

Every list of tasks has something: what one does, helps with, has given; open, late, sent back, finished.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import time_machine

from congvu.boot.demo.arrivals import HOME, days_back, holder
from congvu.boot.demo.organisation import Organisation
from congvu.common.actor import Actor
from congvu.common.zones import at, local_date
from congvu.domains.documents import selectors as documents
from congvu.domains.tasks import selectors as tasks
from congvu.domains.tasks import services
from congvu.domains.tasks.types import Holder, TaskOrder
from congvu.ground.worktime import rules
from congvu.ground.worktime import selectors as calendars

CLOSE = 17


@dataclass(frozen=True, slots=True)
class Job:
    """A task of the chair for a unit, given so many working days ago with so many to do it.

    ``ends``: given, doing (with ``percent``), asking for more time, back, judging, done. ``hand`` gives it to an
    official of the unit; ``own``: the head of the unit gave it there. ``symbol`` is of the incoming document it comes
    from.
    """

    title: str
    output: str
    unit: str
    ago: int
    days: int
    ends: str
    percent: int = 0
    words: str = ""
    helper: str = ""
    hand: bool = False
    own: bool = False
    symbol: str = ""


JOBS = (
    Job("Rà soát quỹ đất công ích, lập danh sách thửa cho thuê hết hạn", "Danh sách thửa đất, báo cáo", "kt", 12, 16,
        "doing", 60, "Đã xong 5 trên 8 thôn.", helper="vp", hand=True, symbol="3120/SNNMT-QLĐĐ"),
    Job("Báo cáo giải ngân vốn đầu tư công 11 tháng", "Báo cáo gửi Sở Tài chính", "kt", 9, 6, "doing", 40,
        "Chờ số liệu của hai chủ đầu tư.", helper="vh"),
    Job("Xây dựng dự toán ngân sách xã năm 2027", "Dự thảo dự toán trình HĐND", "kt", 3, 12, "given", helper="vp"),
    Job("Kiểm tra an toàn hồ đập nhỏ trước mùa mưa", "Biên bản kiểm tra", "kt", 7, 9, "asking", 30,
        "Đường vào hồ Khe Lim đang sạt, xin lùi đến khi thông đường.", hand=True),
    Job("Kiểm kê di tích trên địa bàn xã", "Phiếu kiểm kê từng di tích", "vh", 11, 14, "doing", 75,
        "Còn đình thôn Đoài chưa đo vẽ.", hand=True),
    Job("Tổ chức hội thao xã", "Kế hoạch và kết quả hội thao", "vh", 10, 8, "judging", 100,
        "Đã tổ chức, 12 đội tham gia.", helper="kt"),
    Job("Rà soát chỉ tiêu cải cách hành chính năm 2026", "Bảng tự chấm điểm", "vp", 16, 8, "done", 100,
        "Đã chấm điểm và gửi Sở Nội vụ.", helper="kt"),
    Job("Đối chiếu số liệu chi ngân sách quý III", "Biên bản đối chiếu", "kt", 15, 5, "done", 100,
        "Đã đối chiếu, khớp số liệu.", helper="vp"),
    Job("Tiếp nhận ý kiến về tuyến đường vận chuyển thép", "Công văn trả lời", "kt", 4, 5, "back", 0,
        "Việc thuộc thẩm quyền của Sở Xây dựng."),
    Job("Tổng hợp kiến nghị của các hộ kinh doanh ở chợ xã", "Bảng tổng hợp", "kt", 5, 10, "doing", 50,
        "Đã làm việc với 18 trên 40 hộ.", own=True),
    Job("Chuẩn bị tài liệu họp trực tuyến với tỉnh", "Tập tài liệu", "vp", 0, 0, "given"),
)  # fmt: skip


def play(made: Organisation, *, now: datetime) -> int:
    """Give the tasks unless there are some. Returns how many there are now."""
    chair = holder(made, HOME, "chair")
    if tasks.tasks(chair, tasks.Query(), limit=1).rows:
        return 0
    days = list(days_back(now, calendars.calendar("vn")))
    for place, job in enumerate(JOBS):
        _Play(made, chair, now, days[job.ago], place).run(job)
    return len(JOBS)


@dataclass(slots=True)
class _Play:
    made: Organisation
    chair: Actor
    now: datetime
    day: date
    place: int

    def run(self, job: Job) -> None:
        start = min(at(self.day, 8, 3 * self.place), self.now - timedelta(minutes=30))
        unit = f"{HOME}-{job.unit}"
        head, official = holder(self.made, unit, "head"), holder(self.made, unit, "specialist")
        giver, owner = (head, official) if job.own else (self.chair, official if job.hand else head)
        post = official.position_id if job.own else None
        with time_machine.travel(start, tick=True):
            task = services.give(giver, self._order(job, start, post), key=f"demo-task-{self.place}")
        step = (self.now - start) / 5
        if job.hand:
            with time_machine.travel(start + step, tick=True):
                seat = Holder(self.made.units[unit], owner.position_id)
                services.hand_on(head, task, to=seat, text="Thực hiện và báo cáo trước hạn một ngày.")
        self._work(job, task, owner, start + 2 * step, step)

    def _order(self, job: Job, start: datetime, post: int | None) -> TaskOrder:
        last = rules.add_working_days(local_date(start), job.days, calendars.calendar("vn"))
        due = max(at(last, CLOSE), start + timedelta(hours=1))
        source = None
        if job.symbol:
            found = documents.incoming_list(self.chair, documents.IncomingQuery(text=job.symbol)).rows
            source = found[0].id if found else None
        helpers = (Holder(self.made.units[f"{HOME}-{job.helper}"]),) if job.helper else ()
        owner = Holder(self.made.units[f"{HOME}-{job.unit}"], post)
        return TaskOrder(job.title, job.output, owner, due=due, source=source, supporters=helpers)

    def _work(self, job: Job, task: UUID, owner: Actor, when: datetime, step: timedelta) -> None:
        if job.ends == "given":
            return
        with time_machine.travel(when, tick=True):
            if job.ends == "back":
                services.send_back(owner, task, reason=job.words)
                return
            services.start(owner, task)
            if job.percent < 100:
                services.report(owner, task, text=job.words, percent=job.percent)
            if job.ends == "asking":
                until = rules.add_working_days(local_date(self.now), 8, calendars.calendar("vn"))
                services.ask_extension(owner, task, until=at(until, CLOSE), reason=job.words)
        with time_machine.travel(when + step, tick=True):
            if job.helper and job.ends in ("doing", "done"):
                helper = holder(self.made, f"{HOME}-{job.helper}", "head")
                services.contribute(helper, task, text="Đã gửi số liệu của đơn vị.", done=job.ends == "done")
            if job.ends in ("judging", "done"):
                services.finish(owner, task, text=job.words)
        if job.ends == "done":
            with time_machine.travel(when + 2 * step, tick=True):
                services.accept(self.chair, task, comment="Đạt yêu cầu.")
