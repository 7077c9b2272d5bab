"""The door for writing: ``act`` and ``note`` for rooms, ``seal`` for the sealer."""

from congvu.ground.audit.acts import ACTS, ActInfo, act, note
from congvu.ground.audit.trail import Verdict, seal, verify

__all__ = ["ACTS", "ActInfo", "Verdict", "act", "note", "seal", "verify"]
