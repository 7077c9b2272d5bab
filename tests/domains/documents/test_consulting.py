"""Opinions on drafts: asking, answering, taking over or explaining, reminders, the end with the draft; all kept."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
import time_machine

from congvu.common.actor import SYSTEM
from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.common.zones import VN
from congvu.domains.documents import jobs, selectors, services
from congvu.domains.documents.errors import WrongState
from congvu.domains.documents.models import Consultation, Consulted, DraftOpinion, Outgoing
from congvu.domains.documents.services import consulting
from congvu.domains.documents.types import ConsultInput
from congvu.engines.workflow import selectors as work
from congvu.ground.events.services import deliver_pending
from congvu.ground.notifications.models import Message
from congvu.ground.records.models import Record
from tests.domains.documents.office import Office
from tests.marks import refuses

pytestmark = pytest.mark.django_db
# The Friday after the small world's today.
LAST = date(2026, 11, 20)


def ask(office: Office, draft: UUID, *asked: tuple[int, int | None], day: date | None = LAST) -> UUID:
    to = asked or ((office.unit("vh"), None),)
    return services.ask_opinion(office.official, draft, ConsultInput(to, day, "Cho ý kiến về mục 2."))


def asked_of(office: Office, round_: UUID, place: int = 0) -> int:
    return list(Consulted.objects.filter(consultation=round_).order_by("id").values_list("id", flat=True))[place]


def head_of(office: Office, unit: str):
    """Whoever heads a section, acting in that post."""
    from congvu.boot.demo.arrivals import holder

    return holder(office.world.made, f"xa-yen-khe-{unit}", "head")


def said(office: Office, one: int, stance: str = "remarks", text: str = "Bổ sung số liệu quý IV.", n: int = 1) -> int:
    return services.give_opinion(head_of(office, "vh"), one, stance=stance, text=text, version=n)


def told(kind: str) -> list[str]:
    deliver_pending()
    return sorted(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_a_unit_is_asked_and_its_head_answers_for_it(office: Office):
    draft = office.draft()
    head = head_of(office, "vh")
    with pytest.raises(NotFound):
        selectors.outgoing(head, draft)
    round_ = ask(office, draft)
    (view,) = selectors.consultations(head, draft)
    assert (view.due_at, view.version, view.answered, view.mine.name) == (
        datetime(2026, 11, 20, 17, tzinfo=VN), 1, 0, "Phòng Văn hóa - Xã hội",
    )  # fmt: skip
    (item,) = [i for i in work.open_items(draft, head) if i.kind == "consult"]
    assert (item.may_work, item.due_at, selectors.count_consulted(head).now()) == (True, view.due_at, 1)
    assert selectors.outgoing(head, draft).abilities == frozenset()
    said(office, asked_of(office, round_))
    (view,) = selectors.consultations(office.official, draft)
    newest = view.consulted[0].newest
    assert (newest.stance_label, newest.text, newest.by, newest.version) == (
        "Nhất trí, có ý kiến", "Bổ sung số liệu quý IV.", head.name, 1,
    )  # fmt: skip
    assert (selectors.count_consulted(head).now(), told("opinion_given")) == (0, [f"p:{office.official.position_id}"])


def test_later_opinions_follow_until_the_round_is_closed_and_all_are_kept(office: Office):
    draft = office.draft()
    round_ = ask(office, draft)
    one = asked_of(office, round_)
    said(office, one, "disagree", "Chưa đúng thẩm quyền.")
    said(office, one, "agree", "")
    (view,) = selectors.consultations(office.official, draft)
    assert [found.stance for found in view.consulted[0].opinions] == ["agree", "disagree"]
    services.close_consultation(office.official, round_)
    with pytest.raises(WrongState):
        said(office, one)
    services.drop(office.official, draft, reason="Không cần nữa")
    assert DraftOpinion.objects.count() == 2


def test_a_new_version_is_told_to_whoever_was_asked(office: Office):
    draft = office.draft()
    ask(office, draft)
    deliver_pending()
    services.save_draft(office.official, draft, subject="báo cáo biên chế", content=office.content("Bản hai."))
    head = head_of(office, "vh")
    assert told("draft_changed") == [f"p:{head.position_id}"]
    (view,) = selectors.consultations(head, draft)
    assert (view.version, view.current) == (1, 2)


def test_no_word_of_a_new_version_where_nobody_is_asked(office: Office):
    draft = office.draft()
    services.save_draft(office.official, draft, subject="báo cáo biên chế", content=office.content("Bản hai."))
    assert told("draft_changed") == []


def test_reminders_come_on_the_last_morning_and_when_the_term_is_over(office: Office):
    draft = office.draft()
    vh, kt = office.unit("vh"), office.world.staff("truongphong")
    round_ = ask(office, draft, (vh, None), (kt.unit_id, kt.position_id))
    services.give_opinion(kt, asked_of(office, round_, 1), stance="agree", version=1)
    assert jobs.remind_opinions_due() == 0
    head = head_of(office, "vh")
    with time_machine.travel(datetime(2026, 11, 20, 7, 46, tzinfo=VN), tick=False):
        assert (jobs.remind_opinions_due(), jobs.remind_opinions_due()) == (1, 0)
        assert told("opinion_soon") == [f"p:{head.position_id}"]
    with time_machine.travel(datetime(2026, 11, 20, 17, 1, tzinfo=VN), tick=False):
        assert (jobs.remind_opinions_due(), jobs.remind_opinions_due()) == (1, 0)
        assert told("opinion_over") == sorted([f"p:{head.position_id}", f"p:{office.official.position_id}"])


def test_the_round_ends_when_the_draft_is_signed(signing_office: Office):
    office = signing_office
    draft = office.draft()
    round_ = ask(office, draft)
    office.to_signature(draft)
    office.sign(draft)
    assert [item.name for item in work.open_items(draft)] == ["Cấp số, ký số cơ quan, phát hành"]
    asked = Consultation.objects.get(id=round_)
    assert (asked.closed_at is not None, asked.closed_by) == (True, "")
    with pytest.raises(WrongState):
        said(office, asked_of(office, round_))


def test_each_opinion_is_taken_over_or_explained(office: Office):
    draft = office.draft()
    opinion = said(office, asked_of(office, ask(office, draft)))
    services.settle_opinion(office.official, opinion, taken="explained", words="Số liệu quý IV chưa chốt.")
    services.settle_opinion(
        office.world.staff("truongphong"), opinion, taken="accepted", words="Đã bổ sung tại mục 2."
    )  # fmt: skip
    (view,) = selectors.consultations(office.chair, draft)
    newest = view.consulted[0].newest
    assert (newest.taken_label, newest.words) == ("Tiếp thu", "Đã bổ sung tại mục 2.")


@refuses("document.ask_opinion")
def test_asking_is_refused_in_words(office: Office):
    draft, vh = office.draft(), office.unit("vh")
    outside = office.world.made.units["tinh-binh-lam"]
    wrong = {
        (): "Chọn ít nhất một đơn vị hoặc người được xin ý kiến.",
        ((outside, None),): "Chỉ xin ý kiến trong cơ quan. Cơ quan khác được hỏi ý kiến bằng công văn.",
        ((vh, office.chair.position_id),): "Vị trí này không thuộc đơn vị đã chọn.",
        ((vh, None), (vh, None)): "Mỗi đơn vị, mỗi người chỉ chọn một lần.",
        ((office.official.unit_id, office.official.position_id),): "Người soạn thảo không xin ý kiến của chính mình.",
    }
    for asked, words in wrong.items():
        with pytest.raises(Invalid) as refused:
            services.ask_opinion(office.official, draft, ConsultInput(asked, LAST))
        assert [(p.field, p.message) for p in refused.value.problems] == [("asked", words)]
    for day in (None, date(2026, 11, 22), date(2026, 11, 18)):
        with pytest.raises(Invalid) as refused:
            ask(office, draft, day=day)
        assert [p.field for p in refused.value.problems] == ["due_on"]
    with pytest.raises(NotFound):
        services.ask_opinion(head_of(office, "vh"), draft, ConsultInput(((vh, None),), LAST))
    with pytest.raises(Forbidden):
        services.ask_opinion(office.clerk, draft, ConsultInput(((vh, None),), LAST))
    with pytest.raises(Conflict):
        services.ask_opinion(office.official, draft, ConsultInput(((vh, None),), LAST), version=99)
    assert (Consultation.objects.count(), f"u:{vh}" in Record.objects.get(id=draft).readers) == (0, False)
    ask(office, draft)
    with pytest.raises(Invalid, match="Phòng Văn hóa - Xã hội đang được xin ý kiến"):
        ask(office, draft)


@refuses("document.give_opinion", "document.settle_opinion", "document.close_consultation")
def test_answering_and_settling_are_refused_to_others(office: Office):
    draft = office.draft()
    round_ = ask(office, draft)
    one = asked_of(office, round_)
    with pytest.raises(Forbidden):
        services.give_opinion(office.official, one, stance="agree", version=1)
    with pytest.raises(NotFound):
        services.give_opinion(office.official, 10**9, stance="agree", version=1)
    for stance, text, field in (("", "", "stance"), ("remarks", " ", "said"), ("agree", "a" * 10_001, "said")):
        with pytest.raises(Invalid) as refused:
            said(office, one, stance, text)
        assert [p.field for p in refused.value.problems] == [field]
    with pytest.raises(NotFound):
        said(office, one, n=7)
    assert (DraftOpinion.objects.count(), Consulted.objects.get().item in open_ids(draft)) == (0, True)
    opinion = said(office, one)
    head = head_of(office, "vh")
    with pytest.raises(Forbidden):
        services.settle_opinion(head, opinion, taken="accepted", words="Tự tiếp thu")
    with pytest.raises(Forbidden):
        services.close_consultation(head, round_)
    for taken, words, field in (("", "Vì", "taken"), ("accepted", "", "words")):
        with pytest.raises(Invalid) as refused:
            services.settle_opinion(office.official, opinion, taken=taken, words=words)
        assert [p.field for p in refused.value.problems] == [field]
    assert (DraftOpinion.objects.get().taken, Consultation.objects.get().closed_at) == ("", None)
    services.close_consultation(office.official, round_)
    with pytest.raises(Conflict):
        services.close_consultation(office.official, round_)


def open_ids(draft: UUID) -> set[UUID]:
    return {item.id for item in work.open_items(draft)}


@refuses("document.remind_opinion")
def test_only_the_program_reminds(office: Office):
    round_ = ask(office, office.draft())
    with pytest.raises(Forbidden):
        consulting.remind_opinion(office.official, round_)
    assert Consultation.objects.get().notice_at == datetime(2026, 11, 20, 7, 30, tzinfo=VN)


def test_who_is_asked_does_not_edit(office: Office):
    draft = office.draft()
    ask(office, draft)
    with pytest.raises(Forbidden):
        services.save_draft(head_of(office, "vh"), draft, subject="sửa", content=office.content("Lén sửa."))
    assert Outgoing.objects.get().version == 1


def test_lists_take_one_statement(office: Office, django_assert_num_queries):
    for _n in range(3):
        ask(office, services.draft(office.official, draft_input(office), key=uuid4().hex))
    head = head_of(office, "vh")
    said(office, Consulted.objects.order_by("id").values_list("id", flat=True)[0])
    with django_assert_num_queries(1):
        found = selectors.consulted_list(head, selectors.OF_ME, limit=2)
    rest = selectors.consulted_list(head, selectors.OF_ME, after=found.next, limit=2)
    rows = sorted((row.asked, row.answered, row.stance_label) for row in (*found.rows, *rest.rows))
    assert rows == [(1, 0, ""), (1, 0, ""), (1, 1, "Nhất trí, có ý kiến")]
    official = office.official
    with django_assert_num_queries(1):
        mine = selectors.consulted_list(official, selectors.BY_ME)
    assert (len(mine.rows), len(selectors.consulted_list(office.official, selectors.OF_ME).rows)) == (3, 0)
    with django_assert_num_queries(4):
        selectors.consultations(head, mine.rows[0].document)
    with pytest.raises(Invalid):
        selectors.consulted_list(head, "khac")


def draft_input(office: Office):
    from congvu.domains.documents.types import DraftInput

    return DraftInput("CV", "báo cáo biên chế", office.content(addressees=["Sở Nội vụ"]))


def test_the_program_reads_everything_about_a_round(office: Office):
    draft = office.draft()
    round_ = ask(office, draft)
    assert selectors.consultation(round_)[0] == draft
    assert selectors.open_rounds(draft) == (round_,)
    assert selectors.posts_asked(round_)[1] == office.official.position_id
    with pytest.raises(NotFound):
        selectors.consultation(uuid4())
    assert len(selectors.consultations(SYSTEM, draft)) == 1
