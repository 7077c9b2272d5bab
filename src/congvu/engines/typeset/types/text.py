"""Runs of text: the smallest part of a structured document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. A line break inside is kept."""

    text: str
    bold: bool = False
    italic: bool = False


Text = tuple[Run, ...]


def plain(text: str) -> Text:
    """Text without any style; empty for an empty string."""
    return (Run(text),) if text else ()


def words(text: Text) -> str:
    """The characters of a text, styles left away."""
    return "".join(run.text for run in text)
