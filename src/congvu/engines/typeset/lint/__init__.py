"""Capitals (Phụ lục II) and layout (Phụ lục I) of a draft: findings with words and a proposal, from values alone."""

from congvu.engines.typeset.lint.document import lint, lint_text

__all__ = ["lint", "lint_text"]
