"""From a definition file to a ``FormDef``: blocks are put in, "other" texts added, and the whole is proved sound."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from congvu.engines.forms import lists
from congvu.engines.forms.conditions import both
from congvu.engines.forms.errors import BadDefinition
from congvu.engines.forms.soundness import prove
from congvu.engines.forms.types import (
    Choice,
    ClerkCheck,
    Field,
    FormDef,
    Group,
    Note,
    Page,
    Paper,
    Rule,
    Words,
)

ROOM = Path(__file__).parent
Raw = dict[str, Any]


@lru_cache(maxsize=1)
def _blocks() -> Raw:
    loaded: Raw = json.loads((ROOM / "data" / "blocks.json").read_text(encoding="utf-8"))
    return loaded


def shipped() -> list[Raw]:
    """The definitions that come with the program, by file name, blocks already put in."""
    paths = sorted((ROOM / "definitions").glob("*.json"))
    return [expand(json.loads(path.read_text(encoding="utf-8"))) for path in paths]


def expand(definition: Raw) -> Raw:
    """The definition with every block replaced by its fields and rules: what is stored and never changes."""
    rules = list(definition.get("rules", []))
    pages = []
    for page in definition["pages"]:
        groups = []
        for group in page["groups"]:
            fields: list[Raw] = []
            for item in group["fields"]:
                if "block" in item:
                    more, block_rules = _unfold(item)
                    fields += more
                    rules += block_rules
                else:
                    fields.append(item)
            groups.append(group | {"fields": fields})
        pages.append(page | {"groups": groups})
    return definition | {"pages": pages, "rules": rules}


def _unfold(use: Raw) -> tuple[list[Raw], list[Raw]]:
    """One use of a block: ``{p}`` is its prefix, ``{c}`` the suffix of its codes on the national e-form."""
    if use["block"] not in _blocks():
        raise BadDefinition(_("không có khối %(use)s") % {"use": use["block"]})
    text = json.dumps(_blocks()[use["block"]], ensure_ascii=False)
    block = json.loads(text.replace("{p}", use.get("as", "")).replace("{c}", use.get("code", "")))
    dropped = set(use.get("drop", ()))
    fields = [_adapt(item, use) for item in block["fields"] if item["key"] not in dropped]
    kept = {item["key"] for item in fields}
    rules = [
        rule
        for rule in block.get("rules", [])
        if set(_listed(rule["at"])) <= kept and not dropped & set(rule.get("needs", ()))
    ]
    return fields, [_without(rule, "needs") for rule in rules]


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _without(item: Raw, key: str) -> Raw:
    return {name: value for name, value in item.items() if name != key}


def _adapt(item: Raw, use: Raw) -> Raw:
    """The block's field as this form uses it."""
    changed = dict(item)
    if use.get("required") is False:
        changed.pop("required", None)
        changed.pop("required_if", None)
    if not use.get("prefill", True):
        changed.pop("prefill", None)
    if "show_if" in use:
        changed["show_if"] = both(use["show_if"], item.get("show_if"))
    if "copy" in use:
        changed["copy_from"] = use["copy"]["from"] + item["key"].removeprefix(use["as"])
        changed["copy_if"] = use["copy"]["if"]
    changed.update(use.get("set", {}).get(item["key"], {}))
    return changed


def build(definition: Raw, version_id: int | None = None) -> FormDef:
    """The form of an expanded definition. Raises BadDefinition, naming what contradicts."""
    try:
        form = _build(definition, version_id)
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadDefinition(f"{definition.get('key')}: {type(wrong).__name__}: {wrong}") from wrong
    prove(form)
    return form


def _build(definition: Raw, version_id: int | None) -> FormDef:
    papers = tuple(_paper(item) for item in definition.get("papers", ()))
    pages = tuple(_page(item, papers) for item in definition["pages"])
    used = _used_lists(definition)
    notes = [Note(item["key"], item["label"], item["basis"]) for item in definition.get("unverified", ())]
    notes += [found for name in used if (found := lists.note(name)) is not None]
    return FormDef(
        key=definition["key"],
        version=definition["version"],
        title=_words(definition["title"]),
        legal_form=_words(definition["legal_form"]),
        source=definition["source"],
        procedures=tuple(definition.get("procedures", ())),
        valid_from=date.fromisoformat(definition["valid_from"]),
        valid_to=_day(definition.get("valid_to")),
        pages=pages,
        papers=papers,
        rules=tuple(_rule(item) for item in definition["rules"]),
        clerk_checks=tuple(_clerk_check(item) for item in definition.get("clerk_checks", ())),
        unverified=tuple(notes),
        version_id=version_id,
    )


def _used_lists(definition: Raw) -> list[str]:
    fields = [item for page in definition["pages"] for group in page["groups"] for item in group["fields"]]
    nested = [inner for item in fields for inner in item.get("fields", ())]
    return sorted({item["list"] for item in fields + nested if "list" in item})


def _words(value: Any) -> Words:
    if isinstance(value, str):
        return Words(value)
    return Words(*value) if value else Words("")


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _page(item: Raw, papers: tuple[Paper, ...]) -> Page:
    groups = tuple(_group(group, papers) for group in item["groups"])
    return Page(item["key"], _words(item["title"]), groups, _words(item.get("why")), item.get("show_if"))


def _group(item: Raw, papers: tuple[Paper, ...]) -> Group:
    fields = [field for raw in item["fields"] for field in _fields(raw)]
    if item.get("papers"):
        fields += [upload(paper) for paper in papers if paper.handing == "submit"]
    return Group(item["key"], _words(item["title"]), tuple(fields), _words(item.get("hint")), item.get("show_if"))


def upload(paper: Paper) -> Field:
    """The upload field of a paper that is handed in."""
    return Field(
        key=f"paper_{paper.key}",
        kind="file",
        label=paper.label,
        hint=paper.hint,
        required=paper.required,
        required_if=paper.required_if,
        show_if=paper.show_if,
        mark=paper.mark,
        basis=paper.basis,
    )


_PLAIN = ("key", "kind", "code", "required", "required_if", "show_if", "params", "prefill", "copy_from", "copy_if")


def _fields(item: Raw) -> Iterator[Field]:
    """The field, and the free text that its item "other" opens."""
    choices = lists.choices(item["list"]) if "list" in item else tuple(map(_choice, item.get("choices", ())))
    plain = {name: item[name] for name in _PLAIN if name in item}
    inner = tuple(field for raw in item.get("fields", ()) for field in _fields(raw))
    yield Field(
        **plain,
        label=_words(item["label"]),
        hint=_words(item.get("hint")),
        ask=_words(item.get("ask")),
        choices=choices,
        fields=inner,
        mark=item.get("mark", "V"),
        basis=item.get("basis", ""),
    )
    if other := item.get("other"):
        yield _other(item, other)


def _other(item: Raw, other: Raw) -> Field:
    chosen = {"==": [{"var": item["key"]}, other.get("value", "Khac")]}
    copy = f"{item['copy_from']}_other" if item.get("copy_from") else ""
    return Field(
        key=f"{item['key']}_other",
        kind="text",
        label=_words(other["label"]),
        code=other.get("code", ""),
        required=True,
        show_if=both(item.get("show_if"), chosen),
        params={"max": 100},
        copy_from=copy,
        copy_if=item.get("copy_if"),
        mark=item.get("mark", "V"),
        basis=item.get("basis", ""),
    )


def _choice(item: Any) -> Choice:
    """``["value", "nhãn", "label"]``, or an object with ``until`` for an item with a last day."""
    if isinstance(item, Mapping):
        return Choice(item["value"], _words(item["label"]), _day(item.get("until")))
    return Choice(item[0], Words(*item[1:3]))


def _paper(item: Raw) -> Paper:
    plain = {name: value for name, value in item.items() if name not in ("label", "hint")}
    return Paper(**plain, label=_words(item["label"]), hint=_words(item.get("hint")))


def _rule(item: Raw) -> Rule:
    plain = {name: value for name, value in item.items() if name not in ("message", "rule", "params", "at")}
    return Rule(
        **plain,
        name=item["rule"],
        at=tuple(_listed(item["at"])),
        params=item.get("params", {}),
        message=_words(item["message"]),
    )


def _clerk_check(item: Raw) -> ClerkCheck:
    plain = {name: value for name, value in item.items() if name != "text"}
    return ClerkCheck(**plain, text=_words(item["text"]))
