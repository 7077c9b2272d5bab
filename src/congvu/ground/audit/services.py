"""The door for writing: ``act`` and ``note`` for rooms, ``seal`` for the sealer, ``viewed`` for who looked."""

from congvu.ground.audit.acts import ACTS, ActInfo, act, note
from congvu.ground.audit.trail import Verdict, seal, verify
from congvu.ground.audit.viewing import viewed

__all__ = ["ACTS", "ActInfo", "Verdict", "act", "note", "seal", "verify", "viewed"]
