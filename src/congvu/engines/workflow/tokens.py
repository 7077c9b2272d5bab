"""The token game, pure: a graph, the live tokens and the variables in; what moved, opened and ended out.

A token sits on a node. Tokens inside a sub-process have the token that waits on the sub-process as ``parent``; a
scope ends when its last token does. Rows are read and written by ``store``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.errors import Conflict
from congvu.common.ids import uuid7
from congvu.engines.workflow.conditions import holds
from congvu.engines.workflow.graph import Flow, Graph, Node

MAX_MOVES = 2000


@dataclass(slots=True)
class Token:
    """``via`` is the flow it came by; ``joining`` says it waits at a gateway for tokens of other branches."""

    id: UUID
    node: str
    parent: UUID | None = None
    via: str = ""
    joining: bool = False


@dataclass(slots=True)
class Run:
    """One turn of the game. Start it with ``begin`` or any act on a token; every act ends settled.

    Afterwards ``tokens`` are the live ones, ``opened`` those that reached a step of people, ``called`` those that
    reached a service, ``armed`` pairs of token and timer node, ``left`` tokens that left the node they were on, and
    ``ended``/``outcome`` say whether the process is over.
    """

    graph: Graph
    tokens: dict[UUID, Token]
    variables: dict[str, Any]
    new_id: Callable[[], UUID] = uuid7
    opened: list[UUID] = field(default_factory=list)
    called: list[UUID] = field(default_factory=list)
    armed: list[tuple[UUID, str]] = field(default_factory=list)
    left: set[UUID] = field(default_factory=set)
    ended: bool = False
    outcome: str = ""
    _queue: deque[UUID] = field(default_factory=deque)
    _moves: int = 0

    # acts on tokens

    def begin(self) -> None:
        self._spawn(self.graph.start, None, "")
        self._settle()

    def complete(self, token: UUID) -> None:
        """The work of the node is done; the token goes on. An answer that names a branch takes it."""
        self._leave(self.tokens[token])
        self._settle()

    def fire(self, token: UUID, event: str) -> None:
        """A timer or message that ``token`` waits for has come: its own, one of its gateway's, or on its boundary."""
        at, node = self.tokens[token], self.graph.nodes[event]
        if event == at.node:
            self._leave(at)
        elif node.kind == "boundary":
            self._boundary(at, node)
        else:
            self._forget(at)
            at.node = event
            self._leave(at)
        self._settle()

    def send_back(self, token: UUID, target: str) -> None:
        """Move the token to an earlier step. What lies between is undone: tokens there vanish."""
        at = self.tokens[token]
        undone = self.graph.after(target) | {target}
        family = self._ancestors(at)
        self._kill(at)
        for other in [t for t in self.tokens.values() if self._place(t) in undone]:
            if other.id in self.tokens:
                self._kill(other)
        self._spawn(target, self._enter(target, family), "")
        self._settle()

    # the game

    def _settle(self) -> None:
        while self._queue or self._inclusive():
            while self._queue:
                token = self.tokens.get(self._queue.popleft())
                if token is not None:
                    self._arrive(token)
        for name in ("opened", "called"):
            setattr(self, name, [t for t in getattr(self, name) if t in self.tokens])
        self.armed = [(t, node) for t, node in self.armed if t in self.tokens]
        parents = {t.parent for t in self.tokens.values()}
        if self.tokens and all(t.joining or t.id in parents for t in self.tokens.values()):
            stuck = next(t for t in self.tokens.values() if t.joining)
            name = self.graph.nodes[stuck.node].name or stuck.node
            raise Conflict(
                _("Quy trình kẹt ở điểm ghép “%(name)s”: có nhánh không bao giờ tới. Hãy báo quản trị sửa quy trình.")
                % {"name": name}
            )

    def _arrive(self, token: Token) -> None:
        self._moves += 1
        if self._moves > MAX_MOVES:
            raise Conflict(_("Quy trình chạy vòng không dừng. Hãy báo quản trị sửa quy trình."), code="endless")
        node = self.graph.nodes[token.node]
        match node.kind:
            case "start" | "pass" | "boundary":
                self._leave(token)
            case "end":
                self._end(token, node)
            case "exclusive":
                self._go(token, [self._choose(node)])
            case "parallel":
                self._join(token, node)
            case "inclusive" if len(node.into) > 1:
                token.joining = True
            case "inclusive":
                self._go(token, self._choose_some(node))
            case _:
                self._wait(token, node)

    def _wait(self, token: Token, node: Node) -> None:
        if node.kind == "user":
            self.opened.append(token.id)
        elif node.kind == "service":
            self.called.append(token.id)
        elif node.kind == "sub":
            self._spawn(node.first, token.id, "")
        elif node.kind == "timer":
            self.armed.append((token.id, node.id))
        elif node.kind == "events":
            catches = [self.graph.nodes[target] for target in self.graph.targets(node)]
            self.armed += [(token.id, catch.id) for catch in catches if catch.kind == "timer"]
        timers = [b for b in node.boundary if self.graph.nodes[b].trigger == "timer"]
        self.armed += [(token.id, timer) for timer in timers]

    def _leave(self, token: Token) -> None:
        node = self.graph.nodes[token.node]
        self._go(token, [self.graph.flows[flow] for flow in node.out])

    def _go(self, token: Token, flows: list[Flow]) -> None:
        """Follow the flows: the token itself takes the first, new ones the others."""
        self._forget(token)
        token.joining = False
        token.node, token.via = flows[0].target, flows[0].id
        self._queue.append(token.id)
        for flow in flows[1:]:
            self._spawn(flow.target, token.parent, flow.id)

    def _forget(self, token: Token) -> None:
        """What was due at the node the token leaves no longer is."""
        self.left.add(token.id)
        self.armed = [pair for pair in self.armed if pair[0] != token.id]
        self.opened = [key for key in self.opened if key != token.id]
        self.called = [key for key in self.called if key != token.id]

    def _spawn(self, node: str, parent: UUID | None, via: str) -> UUID:
        token = Token(self.new_id(), node, parent, via)
        self.tokens[token.id] = token
        self._queue.append(token.id)
        return token.id

    def _kill(self, token: Token) -> None:
        self.tokens.pop(token.id, None)
        self.left.add(token.id)
        for child in [t for t in self.tokens.values() if t.parent == token.id]:
            self._kill(child)

    # gateways

    def _choose(self, node: Node) -> Flow:
        flows = [self.graph.flows[flow] for flow in node.out]
        if len(flows) == 1 and not flows[0].when:
            return flows[0]
        for flow in flows:
            if flow.id != node.default and holds(flow.when, self.variables):
                return flow
        return self._default(node)

    def _choose_some(self, node: Node) -> list[Flow]:
        flows = [self.graph.flows[flow] for flow in node.out]
        chosen = [f for f in flows if f.id != node.default and (not f.when or holds(f.when, self.variables))]
        return chosen or [self._default(node)]

    def _default(self, node: Node) -> Flow:
        if not node.default:
            name = node.name or node.id
            raise Conflict(
                _("Tại điểm rẽ “%(name)s” không có nhánh nào đúng điều kiện. Hãy báo quản trị sửa quy trình.")
                % {"name": name}
            )
        return self.graph.flows[node.default]

    def _siblings(self, token: Token) -> list[Token]:
        return [t for t in self.tokens.values() if t.parent == token.parent]

    def _join(self, token: Token, node: Node) -> None:
        """A parallel gateway waits for one token by each incoming flow."""
        token.joining = True
        waiting = {t.via: t for t in reversed(self._siblings(token)) if t.node == node.id and t.joining}
        if set(waiting) >= set(node.into):
            self._merge(node, waiting)

    def _merge(self, node: Node, waiting: dict[str, Token]) -> None:
        survivor, *others = waiting.values()
        for other in others:
            self._kill(other)
        flows = self._choose_some(node) if node.kind == "inclusive" else [self.graph.flows[flow] for flow in node.out]
        self._go(survivor, flows)

    def _inclusive(self) -> bool:
        """Open one inclusive join to which nothing more can come. True if one opened."""
        for token in list(self.tokens.values()):
            node = self.graph.nodes[token.node]
            if token.joining and node.kind == "inclusive" and self._complete(token, node):
                here = [t for t in self._siblings(token) if t.node == node.id and t.joining]
                self._merge(node, {t.via: t for t in reversed(here)})
                return True
        return False

    def _complete(self, token: Token, node: Node) -> bool:
        """BPMN 2.0, 13.4.3: no token elsewhere can come by an empty flow unless it can by a taken one, too."""
        siblings = self._siblings(token)
        taken = {t.via for t in siblings if t.node == node.id and t.joining}
        for other in siblings:
            if other.node == node.id and other.joining:
                continue
            ways = {flow for flow in node.into if self._place(other) in self.graph.feeding(flow)}
            if ways and not ways & taken:
                return False
        return True

    def _place(self, token: Token) -> str:
        """Where the token is for questions of reach: one that waits at a join is still where it came from."""
        return self.graph.flows[token.via].source if token.joining and token.via else token.node

    # ends and scopes

    def _end(self, token: Token, node: Node) -> None:
        parent = token.parent
        if node.trigger == "terminate":
            for other in self._siblings(token):
                self._kill(other)
        elif node.trigger == "error":
            self._raise(token, node)
            return
        self._kill(token)
        if any(t.parent == parent for t in self.tokens.values()):
            return
        if parent is not None:
            self._leave(self.tokens[parent])
            return
        self.ended = True
        self.outcome = node.outcome or str(self.variables.get("outcome", "")) or "done"

    def _boundary(self, at: Token, node: Node) -> None:
        if not node.cancels:
            self._spawn(node.id, at.parent, "")
            return
        for child in [t for t in self.tokens.values() if t.parent == at.id]:
            self._kill(child)
        self._forget(at)
        at.node = node.id
        self._leave(at)

    def _raise(self, token: Token, end: Node) -> None:
        """An error end: the nearest enclosing sub-process that catches it goes on there; else the process ends."""
        for host in self._ancestors(token):
            events = [self.graph.nodes[b] for b in self.graph.nodes[host.node].boundary]
            caught = next((b for b in events if b.trigger == "error" and b.error in ("", end.error)), None)
            if caught is not None:
                self._boundary(host, caught)
                return
        for other in list(self.tokens.values()):
            self._kill(other)
        self.ended, self.outcome = True, end.outcome or end.error or "error"

    def _ancestors(self, token: Token) -> list[Token]:
        """The tokens around this one, the nearest first."""
        found = []
        while token.parent is not None:
            token = self.tokens[token.parent]
            found.append(token)
        return found

    def _enter(self, target: str, family: Iterable[Token]) -> UUID | None:
        """The token of the scope the target lies in; sub-processes already left are entered again."""
        scopes: list[str] = []
        scope = self.graph.nodes[target].scope
        while scope:
            scopes.insert(0, scope)
            scope = self.graph.nodes[scope].scope
        parent: UUID | None = None
        for scope in scopes:
            same = [t for t in [*family, *self.tokens.values()] if t.node == scope and t.parent == parent]
            alive = next((t for t in same if t.id in self.tokens), None)
            if alive is None:
                alive = Token(self.new_id(), scope, parent)
                self.tokens[alive.id] = alive
                self.armed += [
                    (alive.id, b) for b in self.graph.nodes[scope].boundary if self.graph.nodes[b].trigger == "timer"
                ]
            parent = alive.id
        return parent
