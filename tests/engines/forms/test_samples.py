"""Every shipped form: sound, schema valid, complete answers pass, empty ones are asked for."""

from __future__ import annotations

import jsonschema_rs
import pytest
from django.utils import translation

from congvu.engines.forms import selectors
from congvu.engines.forms.schema import json_schema

from .samples import FORMS, SAMPLES, check

LEGAL = {
    "khai-sinh": "1.001193",
    "tinh-trang-hon-nhan": "1.004873",
    "trich-luc": "2.000635",
    "ho-kinh-doanh": "1.001612",
    "khai-tu": "1.000656",
}


def test_five_legal_forms_and_the_general_one():
    assert {key: form.procedures for key, form in FORMS.items()} == {
        **{key: (code,) for key, code in LEGAL.items()},
        "generic": (),
    }


@pytest.mark.parametrize("key", sorted(FORMS))
def test_schema_is_valid_and_complete_answers_pass(key):
    schema = json_schema(FORMS[key])
    jsonschema_rs.meta.validate(schema)
    result = check(key, SAMPLES[key])
    assert result.problems == ()
    assert result.warnings == ()
    assert jsonschema_rs.Draft202012Validator(schema).is_valid(result.values)
    again = check(key, {name: value for name, value in result.values.items() if _kept(key, name)})
    assert again.values == result.values


def _kept(key, name):
    return next(field for _p, _g, field in FORMS[key].fields() if field.key == name).kind != "computed"


@pytest.mark.parametrize("key", sorted(FORMS))
def test_every_missing_required_answer_is_named_once_by_engine_and_schema(key):
    form, answers = FORMS[key], SAMPLES[key]
    schema = jsonschema_rs.Draft202012Validator(json_schema(form))
    for name in answers:
        less = {field: value for field, value in answers.items() if field != name}
        result = check(key, less)
        if any(problem.field == name for problem in result.problems):
            assert [problem.code for problem in result.problems if problem.field == name] == ["missing"]
            assert not schema.is_valid(result.values)


@pytest.mark.parametrize("key", sorted(FORMS))
def test_nothing_answered_asks_in_the_order_of_the_form(key):
    form = FORMS[key]
    order = [field.key for _page, _group, field in form.fields()]
    problems = check(key, {}).problems
    places = [order.index(problem.field) for problem in problems]
    assert places == sorted(places)
    assert len(problems) >= 4
    assert all(problem.message for problem in problems)


def test_unknown_answer_is_refused_by_name():
    (problem,) = check("generic", {**SAMPLES["generic"], "district": "x"}).problems
    assert (problem.field, problem.code) == ("district", "unknown")


@pytest.mark.parametrize("key", sorted(LEGAL))
def test_unverified_facts_name_the_text_to_compare(key):
    notes = selectors.unverified(FORMS[key])
    assert notes
    assert all(note.label and note.basis for note in notes)


def test_unverified_of_birth_has_the_marked_lines():
    keys = {note.key for note in selectors.unverified(FORMS["khai-sinh"])}
    assert {"field:reg_kind", "rule:surname", "rule:mother_gap", "check:siblings", "layout", "list:ethnicities"} <= keys
    assert "field:birth_kind" not in keys


@pytest.mark.parametrize("key", sorted(LEGAL))
def test_every_paper_says_how_it_is_handed_and_by_which_text(key):
    papers = FORMS[key].papers
    assert all(paper.handing in ("submit", "show", "none") and paper.basis for paper in papers)
    uploads = {field.key for _p, _g, field in FORMS[key].fields() if field.kind == "file"}
    assert uploads == {f"paper_{paper.key}" for paper in papers if paper.handing == "submit"}


def test_papers_follow_the_answers():
    form = FORMS["khai-sinh"]
    answers = {**SAMPLES["khai-sinh"], "birth_proof": "du_lieu"}
    keys = [paper.key for paper in selectors.papers(form, answers)]
    assert keys == ["tuy_than", "cu_tru", "chung_sinh_dien_tu", "ket_hon", "cu_tru_du_lieu"]
    assert [paper.key for paper in selectors.papers(form, SAMPLES["khai-sinh"])][:1] == ["chung_sinh"]


@pytest.mark.parametrize("key", sorted(FORMS))
def test_every_text_has_both_languages_and_no_form_asks_for_a_district(key):
    form = FORMS[key]
    fields = [inner for _p, _g, field in form.fields() for inner in (field, *field.fields)]
    texts = [form.title, *(page.title for page in form.pages), *(field.label for field in fields)]
    texts += [rule.message for rule in form.rules] + [paper.label for paper in form.papers]
    texts += [check.text for check in form.clerk_checks]
    assert [text.vi for text in texts if not text.en] == []
    assert not [field.key for field in fields if "district" in field.key]
    with translation.override("en"):
        assert str(form.title) == form.title.en


def test_page_of_a_problem():
    form = FORMS["ho-kinh-doanh"]
    assert selectors.page_of(form, "lines.0.name") == "nganh-nghe"
    assert selectors.page_of(form, "nowhere") is None
