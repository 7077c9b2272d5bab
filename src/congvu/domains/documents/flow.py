"""The steps of an outgoing document, offered to every office as a process it may redraw (NĐ 30/2020 Điều 10–18)."""

from __future__ import annotations

from decimal import Decimal

from congvu.engines.workflow.types import Step

KEY, TITLE = "document.outgoing", "Soạn thảo, ký và phát hành văn bản đi"
DRAFT, CONTENT, LAYOUT, SIGN, ISSUE = "soan", "noi_dung", "the_thuc", "ky", "phat_hanh"

STEPS = (
    Step(DRAFT, "Soạn thảo", "specialist", "section", Decimal(16), kind="draft", outcomes=("next",)),
    Step(CONTENT, "Duyệt nội dung", "head", "section", Decimal(4), kind="endorse"),
    Step(LAYOUT, "Kiểm tra thể thức, kỹ thuật trình bày", "head", "office", Decimal(2), kind="endorse"),
    Step(SIGN, "Ký ban hành", "chair", "authority", Decimal(4), kind="sign"),
    Step(ISSUE, "Cấp số, ký số cơ quan, phát hành", "registrar", "office", Decimal(2), kind="issue"),
)

# Where a step may send a draft back to, nearest first: comments reach the head of the drafting unit, not the drafter.
RETURNS = {CONTENT: (DRAFT,), LAYOUT: (CONTENT,), SIGN: (CONTENT, LAYOUT)}
