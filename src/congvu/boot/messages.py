"""Translations: Vietnamese is the source, ``locale/en`` of each room holds the English.

``refresh`` rewrites the ``.po`` files from the source (a developer's command), ``compile_all`` makes one catalogue of
them all for Django (every installation, at its preparation). Nothing here needs GNU gettext.
"""

from __future__ import annotations

import ast
import io
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo

import congvu

ROOT = Path(congvu.__file__).parent
WHERE = Path("locale") / "en" / "LC_MESSAGES"
# How many of its first arguments are texts, and whether the first is a context.
FUNCTIONS = {
    "gettext": (1, False), "gettext_lazy": (1, False), "gettext_noop": (1, False), "ngettext": (2, False),
    "ngettext_lazy": (2, False), "pgettext": (2, True), "pgettext_lazy": (2, True), "npgettext": (3, True),
    "npgettext_lazy": (3, True),
}  # fmt: skip
_TEMPLATE_KEYWORDS = {
    "_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip

# Header lines that nobody reads and every merge would have to settle.
_NOISE = (b'"POT-', b'"PO-Rev', b'"Report-', b'"Last-', b'"Language-Team', b'"Generated-', b'"Project-')


@dataclass(frozen=True, slots=True)
class Text:
    """One text to translate: where it stands, its singular, and its plural and context where it has them."""

    path: str
    singular: str
    plural: str = ""
    context: str = ""


def texts() -> Iterator[Text]:
    """Every text of the program, file by file."""
    for path in sorted(ROOT.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield from python_texts(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            yield from template_texts(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())


def python_texts(source: str, path: str) -> Iterator[Text]:
    """What a module hands to gettext under any name, and the labels of its acts."""
    tree = ast.parse(source)
    names = dict(_imported(tree))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if not isinstance(call.func, ast.Name):
            continue
        if call.func.id == "act":
            yield from (Text(path, label) for label in _labels(call))
        elif call.func.id in names:
            count, in_context = FUNCTIONS[names[call.func.id]]
            parts = [part.value for part in call.args[:count] if isinstance(part, ast.Constant)]
            if len(parts) == count:
                yield _text(path, [str(part) for part in parts], in_context)


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            yield from ((name.asname or name.name, name.name) for name in node.names if name.name in FUNCTIONS)


def _labels(call: ast.Call) -> Iterator[str]:
    for keyword in call.keywords:
        if keyword.arg == "label" and isinstance(keyword.value, ast.Constant):
            yield str(keyword.value.value)


def template_texts(source: str, path: str) -> Iterator[Text]:
    """What a template translates, as Django reads it."""
    from django.utils.translation.template import templatize

    lines = "\n".join(line.lstrip() for line in templatize(source).splitlines())
    for _line, function, found, _comments in extract_python(
        io.BytesIO(lines.encode()), _TEMPLATE_KEYWORDS, (), {"encoding": "utf-8"}
    ):
        parts = [str(part) for part in (found if isinstance(found, list | tuple) else (found,)) if part]
        yield _text(path, parts, function in ("pgettext", "npgettext"))


def _text(path: str, parts: list[str], in_context: bool) -> Text:
    context = parts[0] if in_context else ""
    singular, *plural = parts[1:] if in_context else parts
    return Text(path, singular, plural[0] if plural else "", context)


def home_of(path: str) -> str:
    """The package that keeps a file's translations: its room, or its floor where the floor has no rooms."""
    parts = path.split("/")
    return parts[0] if parts[0] in ("boot", "common", "journeys") else "/".join(parts[:2])


def catalogues() -> dict[Path, bytes]:
    """Every ``.po`` file as it has to read now: translations kept, new ones empty or fuzzy, gone ones marked."""
    by_home: dict[str, list[Text]] = defaultdict(list)
    for text in texts():
        by_home[home_of(text.path)].append(text)
    existing = {path.parents[3] for path in ROOT.rglob(f"{WHERE.as_posix()}/django.po")}
    homes = {ROOT / home for home in by_home} | existing
    return {
        home / WHERE / "django.po": _refreshed(home / WHERE / "django.po", by_home[home.relative_to(ROOT).as_posix()])
        for home in sorted(homes)
    }


def _refreshed(path: Path, found: list[Text]) -> bytes:
    template = Catalog()
    for text in found:
        template.add(
            (text.singular, text.plural) if text.plural else text.singular,
            locations=[(text.path, 0)],
            context=text.context or None,
        )
    catalogue = read(path)
    catalogue.update(template)
    written = io.BytesIO()
    pofile.write_po(written, catalogue, width=120, sort_output=True, include_lineno=False)
    return b"".join(line for line in written.getvalue().splitlines(keepends=True) if not line.startswith(_NOISE))


def read(path: Path) -> Catalog:
    """A ``.po`` file, or an empty catalogue where there is none yet."""
    if not path.exists():
        return Catalog(locale="en", header_comment="# English of Công Vụ.", fuzzy=False)
    with path.open("rb") as file:
        return pofile.read_po(file, locale="en")


def stale() -> dict[Path, bytes]:
    """The ``.po`` files that are not as the source wants them, with what they should read."""
    return {path: text for path, text in catalogues().items() if not path.exists() or path.read_bytes() != text}


def refresh() -> list[Path]:
    """Write every ``.po`` file that changed; which ones they were."""
    changed = stale()
    for path, wanted in changed.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wanted)
    return list(changed)


def open_ends() -> list[str]:
    """What a translator still has to do, a line for each text."""
    found = []
    for path in sorted(ROOT.rglob(f"{WHERE.as_posix()}/django.po")):
        catalogue, name = read(path), path.parents[3].relative_to(ROOT).as_posix()
        found += [f"{name}: fuzzy: {message.id}" for message in catalogue if message.id and message.fuzzy]
        found += [
            f"{name}: missing: {message.id}" for message in catalogue if message.id and not _is_done(message.string)
        ]
        found += [f"{name}: gone: {message.id}" for message in catalogue.obsolete.values()]
    return found


def _is_done(string: str | Sequence[str] | None) -> bool:
    return bool(string) and all(string or ())


def compile_all(folder: Path) -> Path:
    """One catalogue of all rooms in ``folder``, the place of ``LOCALE_PATHS``; written whole or not at all."""
    merged = Catalog(locale="en", project="congvu", fuzzy=False)
    for path in sorted(ROOT.rglob(f"{WHERE.as_posix()}/django.po")):
        for message in read(path):
            if message.id and not message.fuzzy and _is_done(message.string):
                merged.add(message.id, message.string, context=message.context)
    target = folder / "en" / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(f".{os.getpid()}")
    with unfinished.open("wb") as file:
        write_mo(file, merged)
    unfinished.replace(target)
    return target
