"""What the catalogue says of papers, fees, results and doubts."""

from __future__ import annotations

from datetime import date

import pytest

from congvu.domains.procedures import selectors, services
from congvu.domains.procedures.fees import fee_state
from tests.domains.procedures.samples import ADMIN, make_row

pytestmark = pytest.mark.django_db
DAY = date(2100, 1, 1)


def test_birth_registration(catalogue):
    view = selectors.procedure("1.001193", DAY)
    assert (view.name, view.field, view.budget) == ("Thủ tục đăng ký khai sinh", "Hộ tịch", "sd")
    assert (view.time_text, view.time_basis) == ("trong ngày", "Quyết định số 163/QĐ-BTP")
    assert view.result_from == "ministry"
    assert "Bộ Tư pháp" in view.result_system
    assert (view.results[0].name, view.results[0].code) == ("Giấy khai sinh", "KQ.G15.000031")
    assert [flag.field for flag in view.unverified] == ["time"]
    assert (view.steps_origin, len(view.steps), view.runnable, view.why_not) == ("template", 7, True, "")


def test_papers_of_0_and_0_are_sentences_and_those_to_show_are_not_handed_in(catalogue):
    papers = selectors.procedure("1.004873", DAY).papers
    kinds = {paper.name[:40]: (paper.kind, paper.need, paper.channel) for paper in papers}
    assert kinds == {
        "Trường hợp cá nhân yêu cầu cấp lại Giấy ": ("submit", "case", ""),
        "Văn bản ủy quyền theo quy định của pháp ": ("submit", "case", ""),
        "Hộ chiếu/Thẻ căn cước công dân/Thẻ căn c": ("show", "always", ""),
        "Trường hợp giấy tờ tùy thân sử dụng là: ": ("instruction", "case", ""),
        "Giấy tờ có giá trị chứng minh thông tin ": ("show", "case", ""),
        "Mẫu điện tử tương tác cấp Giấy xác nhận ": ("submit", "always", "online"),
        "Tờ khai cấp Giấy xác nhận tình trạng hôn": ("submit", "always", "counter"),
    }
    assert [paper.key for paper in papers] == ["p01", "p02", "p03", "p04", "p05", "p06", "p07"]


def test_groups_of_alternatives_never_make_every_row_required(catalogue):
    view = selectors.procedure("1.001612", DAY)
    assert [paper.name for paper in view.required_papers] == ["Giấy đề nghị đăng ký hộ kinh doanh"]
    assert {paper.need for paper in view.papers if paper.group} == {"one_of"}


@pytest.mark.parametrize(
    ("amount", "note", "state"),
    [
        (8000, "", "amount"),
        (0, "", "free"),
        (0, "Không", "free"),
        (0, "Miễn lệ phí. Phí cấp bản sao theo Thông tư số 281/2016/TT-BTC", "free"),
        (None, "Theo Nghị quyết HĐND cấp tỉnh", "council"),
        (0, "Mức do Hội đồng nhân dân cấp tỉnh quyết định", "council"),
        (0, "Theo quy định của Luật phí và lệ phí", "law"),
        (0, "Chưa quy định.", "unset"),
        (None, "", "unset"),
    ],
)
def test_free_is_said_only_of_what_is_free(amount, note, state):
    assert fee_state(amount, note) == state


def test_a_fee_of_the_council_is_flagged(catalogue):
    marriage_paper = selectors.procedure("1.004873", DAY)
    assert {(item.state, item.amount) for item in marriage_paper.fee_items} == {("council", None)}
    household = selectors.procedure("1.001612", DAY)
    assert [item.amount for item in household.fee_items] == [50_000, 150_000, 150_000]
    assert "HĐND" in next(flag.reason for flag in household.unverified if flag.field == "fee")


def test_times_of_other_cases_are_kept(catalogue):
    options = selectors.procedure("1.013225", DAY).time_options
    assert [(item.channel, item.budget) for item in options] == [
        ("Trực tuyến", "20d"),
        ("Dịch vụ bưu chính", "20d"),
        ("Trực tiếp", "15d"),
    ]


def test_the_name_of_a_decision_is_no_name_of_a_procedure(catalogue):
    view = selectors.procedure("2.001428", DAY)
    assert not view.runnable
    assert view.why_not == "Tên trong nguồn là tên một quyết định công bố, không phải tên thủ tục"


def test_levels_are_read_from_free_text():
    services.import_rows(ADMIN, [make_row(level="Cấp Bộ; Cấp Tỉnh; Cấp Xã; Cơ quan khác")])
    assert selectors.procedure("1.999001", DAY).levels == ("commune", "province", "ministry", "other")
