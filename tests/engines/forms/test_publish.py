"""Publishing: immutable versions, found by key, procedure and date."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from congvu.common.actor import SYSTEM, Actor, ActorKind
from congvu.common.errors import Forbidden, NotFound
from congvu.engines.forms import definition, selectors, services
from congvu.engines.forms.errors import BadDefinition, VersionTaken
from congvu.engines.forms.models import FormVersion
from congvu.engines.forms.types import PaperNeed
from congvu.ground.audit.models import Entry
from tests.marks import refuses

from .samples import GENERIC, TODAY

pytestmark = pytest.mark.django_db
CLERK = Actor(kind=ActorKind.STAFF, name="Phạm Thị Hoa", roles=frozenset({"clerk"}))
ADMIN = Actor(kind=ActorKind.STAFF, name="Đỗ Văn Sửu", roles=frozenset({"admin"}))


def shipped(key):
    return next(item for item in definition.shipped() if item["key"] == key)


def test_load_shipped_twice_gives_the_same_versions():
    first = services.load_shipped(SYSTEM)
    assert sorted(first) == ["generic", "ho-kinh-doanh", "khai-sinh", "khai-tu", "tinh-trang-hon-nhan", "trich-luc"]
    assert services.load_shipped(ADMIN) == first
    assert FormVersion.objects.count() == 6
    assert [entry.verb for entry in Entry.objects.all()] == ["forms.load_shipped"] * 2


@refuses("forms.publish", "forms.load_shipped")
@pytest.mark.parametrize("actor", [CLERK, Actor(kind=ActorKind.CITIZEN, name="x", roles=frozenset({"admin"}))])
def test_others_may_not_publish(actor):
    for call in (lambda: services.load_shipped(actor), lambda: services.publish(actor, shipped("generic"))):
        with pytest.raises(Forbidden):
            call()
    assert not FormVersion.objects.exists()
    assert not Entry.objects.exists()


def test_same_version_with_other_content_is_refused():
    services.publish(ADMIN, shipped("generic"))
    with pytest.raises(VersionTaken, match="bản 1 đã ban hành"):
        services.publish(ADMIN, shipped("generic") | {"source": "khác"})
    assert FormVersion.objects.get().definition["source"] != "khác"


def test_a_definition_that_contradicts_itself_is_refused():
    broken = shipped("generic") | {
        "rules": [{"key": "x", "rule": "same", "at": "phone", "params": {"a": "phone", "b": "nowhere"}, "message": "?"}]
    }
    with pytest.raises(BadDefinition, match="x: không có mục nowhere"):
        services.publish(ADMIN, broken)
    assert not FormVersion.objects.exists()


@pytest.mark.parametrize("change", [{"key": "other"}, {"sha256": "0" * 64}, {"definition": {}}])
def test_the_database_refuses_to_change_a_version(change):
    version = services.publish(ADMIN, shipped("generic"))
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        FormVersion.objects.filter(pk=version).update(**change)
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        FormVersion.objects.all().delete()
    assert FormVersion.objects.filter(pk=version).update(valid_to=date(2027, 1, 1)) == 1


def test_found_by_procedure_and_date_until_the_law_changes():
    versions = services.load_shipped(SYSTEM)
    birth = selectors.form_for("1.001193", on=TODAY)
    assert birth is not None
    assert (birth.key, birth.version_id) == ("khai-sinh", versions["khai-sinh"])
    assert selectors.form_for("1.001193", on=date(2027, 2, 28)) == birth
    assert selectors.form_for("1.001193", on=date(2027, 3, 1)) is None
    assert selectors.form_for("9.999999", on=TODAY) is None
    assert selectors.form("khai-sinh", on=TODAY) == birth
    assert selectors.form("khai-sinh", on=date(2025, 6, 30)) is None
    assert selectors.json_schema(versions["khai-sinh"])["title"] == "Đăng ký khai sinh"


def test_a_newer_version_takes_over_and_old_answers_keep_theirs():
    old = services.publish(ADMIN, shipped("generic"))
    new = services.publish(ADMIN, shipped("generic") | {"version": 2, "valid_from": "2026-12-01"})
    assert selectors.version_id("generic", TODAY) == old
    assert selectors.version_id("generic", date(2026, 12, 1)) == new
    assert selectors.form_version(old).version == 1


def test_unknown_versions_are_not_found():
    for call in (selectors.form_version, selectors.json_schema):
        with pytest.raises(NotFound):
            call(987654)
    with pytest.raises(NotFound):
        selectors.version_id("khai-sinh", TODAY)


def test_form_version_is_read_once(django_assert_num_queries):
    version = services.publish(ADMIN, shipped("generic"))
    selectors.form_version.cache_clear()
    with django_assert_num_queries(1):
        selectors.form_version(version)
        selectors.form_version(version)


def test_check_by_version_id():
    version = services.publish(ADMIN, shipped("generic"))
    assert services.check(version, GENERIC, today=TODAY).ok
    assert [p.field for p in services.check(version, {**GENERIC, "request": ""}, today=TODAY).problems] == ["request"]


def test_general_form_takes_the_papers_of_a_procedure():
    services.load_shipped(SYSTEM)
    needs = [
        PaperNeed("Đơn đề nghị", group="Giấy tờ phải nộp"),
        PaperNeed("Thẻ căn cước", group="Giấy tờ phải xuất trình"),
        PaperNeed("Bản sao giấy chứng nhận", originals=0, copies=1),
    ]
    form = services.generic_form(needs, title="Cấp giấy phép", on=TODAY)
    assert form.version_id == selectors.version_id("generic", TODAY)
    assert [(paper.key, paper.handing) for paper in form.papers] == [("1", "submit"), ("2", "show"), ("3", "submit")]
    assert [field.key for _p, _g, field in form.fields() if field.kind == "file"] == ["paper_1", "paper_3"]
    assert str(form.title) == "Cấp giấy phép"
    answers = services.add_file(GENERIC, "paper_1", {"id": 7, "name": "don.pdf", "size": 9, "secret": 1})
    result = services.check(form, answers, today=TODAY)
    assert result.ok
    assert result.values["paper_1"] == [{"id": 7, "name": "don.pdf", "size": 9}]
