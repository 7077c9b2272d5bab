"""Files are opened, collected without copying, weeded, closed, reopened, handed over."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.common.zones import VN
from congvu.domains.workfiles import selectors, services
from congvu.domains.workfiles.errors import Frozen, TooShort, WrongState
from congvu.domains.workfiles.models import Entry, WorkFile
from congvu.domains.workfiles.types import NewFile
from congvu.ground.records.models import Record
from tests.domains.workfiles.filing import add, letter, opened
from tests.marks import refuses


@refuses("workfile.open")
def test_opened_outside_the_list_with_a_code_of_its_own(world):
    file = opened(world)
    view = selectors.file(world.staff("chuyenmon"), file)
    assert (view.row.code, view.row.retention, view.row.state) == ("H99.101.2026.05.KT", "10 năm", "open")
    with pytest.raises(Conflict):
        opened(world, title="Khác")
    with pytest.raises(Forbidden):
        services.open_file(world.citizen(), NewFile(title="x", notation="06.KT", years=10))
    for wrong in (
        {"title": " "},
        {"notation": "05 KT"},
        {"notation": ""},
        {"years": None},
        {"years": 71},
        {"years": 1},
    ):
        with pytest.raises(Invalid):
            opened(world, **{"notation": "07.KT", **wrong})
    with pytest.raises(Invalid):
        opened(world, notation="07.KT", rule="khong-co")
    assert WorkFile.objects.count() == 1


def test_retention_is_never_below_the_table(world):
    with pytest.raises(TooShort):
        opened(world, rule="so-den", years=10)
    opened(world, rule="so-den", years=20)
    with pytest.raises(TooShort):
        opened(world, rule="so-di-quyet-dinh", years=70, notation="06.KT")
    opened(world, rule="so-di-quyet-dinh", permanent=True, years=None, notation="06.KT")


@refuses("workfile.add")
def test_one_document_in_many_files_without_a_copy(world):
    dossier = world.take_in("2.000908").record_id
    actor = world.staff("chutich")
    first = opened(world, "chutich", notation="01.LD")
    second = opened(world, "chutich", notation="02.LD")
    assert services.add(actor, first, dossier, letter()) == 1
    assert services.add(actor, first, dossier, letter(subject="Lần hai")) == 1
    assert services.add(actor, second, dossier, letter()) == 1
    assert [row.code for row in selectors.files_holding(actor, dossier)] == ["H99.101.2026.01.LD", "H99.101.2026.02.LD"]
    assert selectors.documents_of(first) == [dossier]
    mine = opened(world)
    with pytest.raises(NotFound):
        services.add(world.staff("chuyenmon"), mine, dossier, letter())
    with pytest.raises(NotFound):
        services.add(world.staff("vanhoa"), mine, None, letter())
    with pytest.raises(Forbidden):
        services.add(world.staff("vanthu"), mine, None, letter())
    assert Entry.objects.count() == 2


def test_a_restricted_record_is_refused(world):
    dossier = world.take_in("2.000908").record_id
    Record.objects.filter(id=dossier).update(confidentiality=1)
    file = opened(world, "chutich")
    with pytest.raises(Invalid) as caught:
        services.add(world.staff("chutich"), file, dossier, letter())
    assert caught.value.problems[0].code == "secret"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"subject": "x" * 501}, "subject"),
        ({"subject": " "}, "subject"),
        ({"number": "123456789012"}, "number"),
        ({"notation": "x" * 31}, "notation"),
        ({"signer_name": "x" * 51}, "signer_name"),
        ({"pages": 1000}, "pages"),
        ({"mode": "09"}, "mode"),
        ({"direction": "up"}, "direction"),
    ],
)
def test_a_description_fits_the_tables(world, values, field):
    file = opened(world)
    with pytest.raises(Invalid) as caught:
        add(world, file, **values)
    assert [problem.field for problem in caught.value.problems] == [field]
    assert Entry.objects.count() == 0


@refuses("workfile.weed")
def test_weeding_leaves_a_trace_and_ordinals_are_not_given_again(world):
    file, actor = opened(world), world.staff("chuyenmon")
    add(world, file)
    add(world, file, subject="Bản nháp")
    draft = Entry.objects.get(ordinal=2).pk
    with pytest.raises(Invalid):
        services.weed(actor, file, draft, reason="")
    with pytest.raises(Forbidden):
        services.weed(world.staff("vanthu"), file, draft, reason="Nháp")
    services.weed(actor, file, draft, reason="Bản nháp")
    with pytest.raises(WrongState):
        services.weed(actor, file, draft, reason="Lần nữa")
    assert add(world, file, subject="Bản chính") == 3
    view = selectors.file(actor, file)
    assert ([entry.ordinal for entry in view.entries], [entry.removed_reason for entry in view.weeded]) == (
        [1, 3], ["Bản nháp"],
    )  # fmt: skip


@refuses("workfile.close", "workfile.reopen")
def test_closed_digital_files_have_sixty_days_paper_ones_the_next_year(world):
    """60 days after Thursday 19/11/2026 are 18/1/2027."""
    file, actor = opened(world), world.staff("chuyenmon")
    with pytest.raises(Invalid):
        services.close(actor, file)
    add(world, file)
    with pytest.raises(Forbidden):
        services.close(world.staff("vanthu"), file)
    with pytest.raises(Invalid):
        services.close(actor, file, ended_on=date(2026, 11, 20))
    services.close(actor, file, title="Hồ sơ rà soát lúa vụ đông năm 2026")
    row = selectors.file(actor, file).row
    assert (row.state, row.submit_by, row.online, row.title) == (
        "closed", date(2027, 1, 18), True, "Hồ sơ rà soát lúa vụ đông năm 2026",
    )  # fmt: skip
    with pytest.raises(WrongState):
        add(world, file)
    with pytest.raises(Forbidden):
        services.reopen(world.staff("vanthu"), file, reason="x")
    services.reopen(actor, file, reason="Còn văn bản trả lời")
    services.add(actor, file, None, letter(paper=True, confidence="02"))
    services.close(actor, file)
    row = selectors.file(actor, file).row
    assert (row.submit_by, row.online) == (date(2027, 12, 31), False)


def test_closing_checks_retention_again(world):
    file = opened(world, rule="so-den", years=20)
    add(world, file)
    with pytest.raises(TooShort):
        services.close(world.staff("chuyenmon"), file, years=10)
    assert selectors.file(world.staff("chuyenmon"), file).row.retention == "20 năm"


@refuses("workfile.hand_over")
def test_who_leaves_hands_every_file_over(world):
    first, second = opened(world), opened(world, notation="06.KT")
    add(world, first)
    leaver, taker = world.staff("chuyenmon"), world.staff("truongphong")
    with pytest.raises(Forbidden):
        services.hand_over(world.staff("vanhoa"), leaver.position_id, to=taker.position_id, reason="Nghỉ hưu")
    with pytest.raises(Invalid):
        services.hand_over(leaver, leaver.position_id, to=taker.position_id, reason="")
    with pytest.raises(Invalid):
        services.hand_over(leaver, leaver.position_id, to=world.staff("chutichtinh").position_id, reason="Chuyển")
    services.hand_over(leaver, leaver.position_id, to=taker.position_id, reason="Chuyển công tác")
    assert [row.maker for row in selectors.files(taker, selectors.Query(mine=True)).rows] == [taker.name] * 2
    assert selectors.files(leaver, selectors.Query(mine=True)).rows == ()
    with pytest.raises(WrongState):
        services.hand_over(leaver, leaver.position_id, to=taker.position_id, reason="Lần nữa")
    assert selectors.file(leaver, second).row.code == "H99.101.2026.06.KT"


@refuses("workfile.freeze", "workfile.thaw")
def test_a_frozen_set_refuses_everything(world):
    file, keeper, archive = opened(world), world.staff("chuyenmon"), world.staff("vanthu")
    add(world, file)
    with pytest.raises(Forbidden):
        services.freeze(keeper, [file], reason="Thanh tra")
    with pytest.raises(Invalid):
        services.freeze(archive, [file], reason="")
    assert services.freeze(archive, [file], reason="Phục vụ thanh tra") == 1
    for call in (
        lambda: add(world, file, subject="Thêm"),
        lambda: services.close(keeper, file),
        lambda: services.hand_over(keeper, keeper.position_id, to=world.staff("truongphong").position_id, reason="Đi"),
    ):
        with pytest.raises(Frozen):
            call()
    with pytest.raises(Forbidden):
        services.thaw(keeper, [file], reason="Xong")
    services.thaw(archive, [file], reason="Thanh tra xong")
    services.close(keeper, file)


def test_reading_and_statements(world, django_assert_num_queries):
    actor, chair = world.staff("chuyenmon"), world.staff("chutich")
    for number in range(2):
        file = opened(world, notation=f"0{number}.KT")
        add(world, file)
        with django_assert_num_queries(2):
            assert len(selectors.files(chair).rows) == number + 1
        with django_assert_num_queries(6):
            selectors.file(actor, file)
    # Time stands still, so the two may come in either order; the pages hold each of them once.
    first = selectors.files(chair, limit=1)
    rest = selectors.files(chair, after=first.next, limit=1)
    assert sorted(row.code for row in (*first.rows, *rest.rows)) == ["H99.101.2026.00.KT", "H99.101.2026.01.KT"]
    assert len(selectors.files(chair, selectors.Query(text="ra soat lua", year=2026)).rows) == 2
    with pytest.raises(Invalid):
        selectors.files(chair, after="x")
    with pytest.raises(NotFound):
        selectors.file(world.staff("vanhoa"), file)
    assert selectors.counts(chair)["open"] == 2


def test_the_share_handled_on_the_network_opens_its_files(world, django_assert_num_queries):
    for number, paper in enumerate((False, False, True)):
        file = opened(world, notation=f"0{number}.KT")
        add(world, file, paper=paper)
        services.close(world.staff("chuyenmon"), file)
    chair = world.staff("chutich")
    with django_assert_num_queries(2):
        (row,) = selectors.share(chair, since=date(2026, 1, 1), until=date(2026, 12, 31))
    assert (row.unit, row.tier, row.part, row.whole) == ("Phòng Kinh tế", "commune", 2, 3)
    assert len(selectors.files(chair, selectors.Query(unit=row.unit_id, online=True)).rows) == row.part
    assert selectors.share(chair, since=date(2025, 1, 1), until=date(2025, 12, 31)) == ()
    world.clock.move_to(datetime(2027, 2, 1, tzinfo=VN))
    assert len(selectors.files(chair, selectors.Query(overdue=True)).rows) == 2
