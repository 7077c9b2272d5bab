"""Who acts: the one value every read and every write takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ActorKind(StrEnum):
    STAFF = "staff"
    CITIZEN = "citizen"
    MACHINE = "machine"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, program or the system itself, acting now, as plain values.

    ``roles`` are role keys held by the acting position (``clerk``, ``specialist``, ``head``, ``chair``,
    ``registrar``, ``admin``…). ``unit_id`` is the unit of that position; ``unit_ids`` are all units whose
    records the position may read (its own, and for leaders the subtree of today).
    A stand-in acts in the absent person's position: ``position_id`` is that position and
    ``on_behalf_of`` names the absent person, while ``user_id`` and ``name`` stay those of the stand-in.
    """

    kind: ActorKind
    name: str
    user_id: int | None = None
    subject_id: int | None = None
    position_id: int | None = None
    position_title: str = ""
    unit_id: int | None = None
    unit_name: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    unit_ids: frozenset[int] = field(default_factory=frozenset)
    on_behalf_of: str = ""

    @property
    def reader_keys(self) -> list[str]:
        """Keys matched against ``Record.readers``: ``p:`` position, ``u:`` unit, ``s:`` subject, ``r:`` role."""
        keys = [f"u:{unit_id}" for unit_id in sorted(self.unit_ids)]
        if self.position_id is not None:
            keys.append(f"p:{self.position_id}")
        if self.subject_id is not None:
            keys.append(f"s:{self.subject_id}")
        keys.extend(f"r:{role}" for role in sorted(self.roles))
        return keys

    @property
    def work_keys(self) -> list[str]:
        """Keys matched against ``WorkItem.holders``: the position, and each role it holds in its own unit."""
        keys = [] if self.position_id is None else [f"p:{self.position_id}"]
        if self.unit_id is not None:
            keys.extend(f"r:{role}@{self.unit_id}" for role in sorted(self.roles))
        return keys

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


SYSTEM = Actor(kind=ActorKind.SYSTEM, name="Hệ thống")
ANONYMOUS = Actor(kind=ActorKind.CITIZEN, name="")
