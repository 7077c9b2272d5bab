"""Every act has a policy, a Vietnamese label and a refusal test; every event has a consumer or says it has none."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from congvu.ground.audit.services import ACTS
from congvu.ground.events.services import CONSUMERS, EVENTS
from tests.house.source import modules

TESTS = Path(__file__).resolve().parents[1]
# Events that only stand in the outbox, for webhooks and replay, each with the reason.
UNHEARD: dict[str, str] = {
    "workflow.step_done": "the trail and the tracker show it; webhooks may pass it on",
    "workflow.item_opened": "the inbox is read, not told; notifications may follow",
    "exchange.delivery_changed": "the monitor reads the rows",
    "workflow.instance_ended": "domains end their records in the act that ends the process",
}
VIETNAMESE = re.compile(r"[àáảãạăắằẳẵặâấầẩẫậđèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ]", re.I)


def acts():
    # Acts register when their module is read; here every one is read, so that none escapes the count.
    for name in modules():
        if ".services" in name:
            importlib.import_module(name)
    return sorted(verb for verb in ACTS if not verb.startswith("test."))


@pytest.mark.parametrize("verb", acts())
def test_act_is_complete(verb):
    info = ACTS[verb]
    assert callable(info.policy)
    assert VIETNAMESE.search(info.label), f"{verb} has no Vietnamese label"


def test_every_act_has_a_refusal_test():
    """A test marks itself with ``@refuses("verb")``; here the marks are counted against the acts."""
    marked = set()
    for path in TESTS.rglob("test_*.py"):
        marked |= set(re.findall(r"refuses\(\s*((?:\"[a-z_.]+\"\s*,?\s*)+)\)", path.read_text(encoding="utf-8")))
    verbs = {verb for group in marked for verb in re.findall(r"\"([a-z_.]+)\"", group)}
    assert sorted(set(acts()) - verbs) == []


def test_every_event_has_a_consumer_or_says_why_not():
    assert (
        sorted(
            name for name in EVENTS if name not in CONSUMERS and name not in UNHEARD and not name.startswith("test.")
        )
        == []
    )
