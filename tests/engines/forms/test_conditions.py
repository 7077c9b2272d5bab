"""The small language of conditions, and what a definition may not say."""

from __future__ import annotations

import copy

import jsonschema_rs
import pytest

from congvu.engines.forms import definition
from congvu.engines.forms.conditions import both, holds, to_schema, variables
from congvu.engines.forms.errors import BadDefinition
from congvu.engines.forms.state import open_pages, resolve

from .samples import BIRTH, FORMS, check

X = {"var": "x"}
CASES = [
    ({"==": [X, "a"]}, {"x": "a"}, True),
    ({"==": [X, "a"]}, {}, False),
    ({"!=": [X, "a"]}, {"x": "b"}, True),
    ({"!=": [X, "a"]}, {}, False),
    ({"in": [X, ["a", "b"]]}, {"x": "b"}, True),
    ({"in": [X, ["a", "b"]]}, {"x": "c"}, False),
    ({">=": [X, 2]}, {"x": 2}, True),
    ({">": [X, 2]}, {"x": 2}, False),
    ({"<": [X, 2]}, {"x": 1}, True),
    ({"<=": [X, 2]}, {"x": 3}, False),
    ({"<": [X, 2]}, {"x": "1"}, False),
    ({"==": [X, False]}, {"x": False}, True),
    ({"filled": X}, {"x": 0}, True),
    ({"filled": X}, {}, False),
    ({"not": {"==": [X, "a"]}}, {}, True),
    ({"and": [{"filled": X}, {"==": [{"var": "y"}, 1]}]}, {"x": "a", "y": 1}, True),
    ({"or": [{"filled": X}, {"==": [{"var": "y"}, 1]}]}, {"y": 2}, False),
]


@pytest.mark.parametrize(("condition", "answers", "expected"), CASES)
def test_condition_and_its_schema_agree(condition, answers, expected):
    assert holds(condition, answers) is expected
    schema = {"type": "object", **to_schema(condition)}
    assert jsonschema_rs.Draft202012Validator(schema).is_valid(answers) is expected


def test_unreadable_answers_make_a_comparison_false():
    assert not holds({"==": [X, {"raw": "a"}]}, {"x": {"raw": "a"}})
    assert holds(None, {})
    assert both(None, None) is None


@pytest.mark.parametrize(
    "wrong", [{"eval": "1"}, {"==": ["x", 1]}, {"==": [X]}, {"a": 1, "b": 2}, "x", {"__import__": [X, "os"]}]
)
def test_anything_else_is_no_condition(wrong):
    with pytest.raises(BadDefinition):
        list(variables(wrong))


def generic():
    return copy.deepcopy(next(item for item in definition.shipped() if item["key"] == "generic"))


def first_field(source):
    return source["pages"][0]["groups"][0]["fields"][0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"show_if": {"==": [{"var": "request"}, "x"]}}, "acting: điều kiện hỏi request không đứng trước"),
        ({"kind": "picture"}, "không có loại picture"),
        ({"choices": []}, "thiếu lựa chọn"),
        ({"key": "agent_kin"}, "trùng mục agent_kin"),
        ({"mark": "M"}, "phải nêu căn cứ"),
        ({"choices": [["other", "Khác"]] * 2}, "trùng lựa chọn"),
        ({"choices": [["x", "Khác"]]}, "acting không có lựa chọn 'other'"),
        ({"label": ""}, "thiếu nhãn"),
        ({"copy_from": "phone"}, "chép từ phone không đứng trước"),
    ],
)
def test_unsound_definitions_are_refused_with_the_place(change, words):
    source = generic()
    first_field(source).update(change)
    with pytest.raises(BadDefinition, match="generic: ") as refused:
        definition.build(source)
    assert words in refused.value.message


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"rule": "nothing"}, "không có phép kiểm nothing"),
        ({"params": {"a": "phone", "b": "request"}}, "phải đứng ở trang cuối"),
        ({"mark": "M"}, "phép kiểm chưa đối chiếu phải nêu căn cứ"),
        ({"key": "requester_number"}, "trùng phép kiểm requester_number"),
    ],
)
def test_unsound_rules_are_refused(rule, words):
    source = generic()
    new = {"key": "new", "rule": "same", "at": "phone", "params": {"a": "phone", "b": "email"}, "message": "?"}
    source["rules"].append({**new, **rule})
    with pytest.raises(BadDefinition) as refused:
        definition.build(source)
    assert words in refused.value.message


def test_a_definition_of_another_shape_is_refused():
    with pytest.raises(BadDefinition, match="KeyError"):
        definition.build({"key": "x", "pages": [], "rules": []})
    with pytest.raises(BadDefinition, match="không có khối P-X"):
        definition.expand({"pages": [{"groups": [{"fields": [{"block": "P-X"}]}]}]})


def test_hidden_answers_are_dropped_and_hidden_pages_skipped():
    abandoned = {**BIRTH, "relation": "Khac", "relation_other": "Trưởng trạm", "kin_instead": False, "birth_kind": "5"}
    result = check("khai-sinh", abandoned)
    assert not [key for key in result.values if key.startswith(("mother_", "father_", "child_ethnicity", "surrogacy"))]
    assert "cha-me" not in [page.key for page in open_pages(FORMS["khai-sinh"], abandoned)]
    assert [problem.field for problem in result.problems] == ["paper_bo_roi"]


def test_myself_copies_the_requester():
    live = resolve(FORMS["khai-sinh"], {**BIRTH, "relation": "BanThan", "child_name": "Người khác"}).live
    assert live["child_name"] == BIRTH["requester_name"]
    assert live["child_id"] == BIRTH["requester_personal_id"]
