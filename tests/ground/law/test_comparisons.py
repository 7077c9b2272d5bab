"""What has been compared with its text: recorded, withdrawn, readable for ever."""

from __future__ import annotations

import pytest

from congvu.common.errors import Forbidden, Invalid, NotFound
from congvu.engines.forms import services as forms
from congvu.ground.audit.models import Entry
from congvu.ground.law import selectors, services
from congvu.ground.law.errors import AlreadyCompared, NotCompared
from congvu.ground.law.models import Comparison
from tests.ground.law.test_figures import ADMIN, CLERK
from tests.marks import refuses

pytestmark = pytest.mark.django_db
TEXT = "Thông tư 01/2022/TT-BTP, Phụ lục 1, bản công báo"


def a_mark():
    forms.load_shipped(ADMIN)
    return next(view for view in selectors.items("form", part="khai-sinh") if "field:reg_kind" in view.item.key)


def test_every_mark_of_every_form_is_listed_with_its_text():
    mark = a_mark()
    assert mark.item.where == "Đăng ký khai sinh"
    assert mark.item.basis.startswith("TT 01/2022/TT-BTP, danh mục loại đăng ký khai sinh")
    assert mark.compared is None
    assert all(view.item.basis for view in selectors.items("form"))
    assert {kind.key for kind in selectors.kinds()} == {
        "calendar", "document_kind", "figure", "form", "procedure", "retention", "section",
    }  # fmt: skip


def test_a_comparison_says_who_when_and_against_what():
    mark = a_mark()
    before = selectors.counts()["form"]
    services.compare(ADMIN, "form", mark.item.key, against=TEXT)
    found = selectors.compared("form")[mark.item.key]
    assert (found.by, found.against) == ("Lò Thị Mây", TEXT)
    assert selectors.counts()["form"] == (before[0] - 1, before[1])
    assert Entry.objects.get(verb="law.compare").detail["against"] == TEXT


def test_a_comparison_is_withdrawn_and_stays_readable():
    mark = a_mark()
    services.compare(ADMIN, "form", mark.item.key, against=TEXT)
    services.withdraw(ADMIN, "form", mark.item.key, reason="Đối chiếu nhầm bản cũ")
    assert selectors.compared("form") == {}
    services.compare(ADMIN, "form", mark.item.key, against=TEXT)
    again, first = selectors.history("form", mark.item.key)
    assert (again.withdrawn_at, first.withdrawn_reason, first.withdrawn_by) == (
        None, "Đối chiếu nhầm bản cũ", "Lò Thị Mây",
    )  # fmt: skip


@refuses("law.compare")
def test_comparing_is_refused_without_a_text_twice_for_nothing_and_to_others():
    key = a_mark().item.key
    with pytest.raises(Invalid) as refused:
        services.compare(ADMIN, "form", key, against="  ")
    assert refused.value.problems[0].field == "against"
    with pytest.raises(NotFound):
        services.compare(ADMIN, "form", "khai-sinh/field:none/000", against=TEXT)
    with pytest.raises(NotFound):
        services.compare(ADMIN, "nothing", key, against=TEXT)
    with pytest.raises(Forbidden):
        services.compare(CLERK, "form", key, against=TEXT)
    assert not Comparison.objects.filter(kind="form").exists()
    services.compare(ADMIN, "form", key, against=TEXT)
    with pytest.raises(AlreadyCompared):
        services.compare(ADMIN, "form", key, against="Một văn bản khác")
    assert Comparison.objects.get(kind="form").against == TEXT


@refuses("law.withdraw")
def test_withdrawing_is_refused_without_a_reason_twice_and_to_others():
    key = a_mark().item.key
    with pytest.raises(NotCompared):
        services.withdraw(ADMIN, "form", key, reason="Chưa từng có")
    services.compare(ADMIN, "form", key, against=TEXT)
    with pytest.raises(Invalid):
        services.withdraw(ADMIN, "form", key, reason="")
    with pytest.raises(Forbidden):
        services.withdraw(CLERK, "form", key, reason="Không được phép")
    assert Comparison.objects.get(kind="form").withdrawn_at is None
