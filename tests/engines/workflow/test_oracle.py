"""Random block-structured processes run here and in SpiffWorkflow: the same steps wait at every moment."""

from __future__ import annotations

import io
import itertools
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from congvu.engines.workflow.library import compile_file
from congvu.engines.workflow.tokens import Run
from tests.engines.workflow.drawing import file, flow, process, user

VARIABLES = ("x", "y", "z")
leaf = st.just(("task",))
block = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.tuples(st.just("seq"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("exclusive"), st.lists(inner, min_size=2, max_size=3), st.sampled_from(VARIABLES)),
        st.tuples(st.just("parallel"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("inclusive"), st.lists(inner, min_size=2, max_size=3)),
    ),
    max_leaves=8,
)


class Drawing:
    """A block as BPMN: ``add`` returns the entry and exit node of what it drew."""

    def __init__(self):
        self.body, self.count = [], itertools.count(1)

    def add(self, shape):
        if shape[0] == "task":
            key = f"t{next(self.count)}"
            self.body.append(user(key))
            return key, key
        if shape[0] == "seq":
            ends = [self.add(part) for part in shape[1]]
            self.body += [flow(a[1], b[0]) for a, b in itertools.pairwise(ends)]
            return ends[0][0], ends[-1][1]
        return self._gateway(shape)

    def _gateway(self, shape):
        number = next(self.count)
        split, join = f"g{number}", f"j{number}"
        ends = [self.add(part) for part in shape[1]]
        default = "" if shape[0] == "parallel" else f' default="{split}_d"'
        self.body += [f'<{shape[0]}Gateway id="{split}"{default}/>', f'<{shape[0]}Gateway id="{join}"/>']
        for index, (entry, leave) in enumerate(ends):
            last = index == len(ends) - 1
            name = shape[2] if shape[0] == "exclusive" else VARIABLES[index]
            when = "" if shape[0] == "parallel" or last else f"{name} == {1 if shape[0] == 'inclusive' else index}"
            self.body.append(flow(split, entry, when, key=f"{split}_d" if last and default else f"{split}_{index}"))
            self.body.append(flow(leave, join))
        return split, join


def draw(shape):
    drawing = Drawing()
    entry, leave = drawing.add(shape)
    return file(process(*drawing.body, flow("s", entry), flow(leave, "e")))


class Ours:
    def __init__(self, data, variables):
        compiled = compile_file(data)[0]
        assert compiled.errors == []
        self.run = Run(compiled.graph, {}, dict(variables))
        self.run.begin()

    def waiting(self):
        return {t.node: t.id for t in self.run.tokens.values() if self.run.graph.nodes[t.node].kind == "user"}

    def do(self, node):
        self.run.complete(self.waiting()[node])

    def ended(self):
        return self.run.ended


class Spiff:
    def __init__(self, data, variables):
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.parse(io.BytesIO(data)))
        self.flow = BpmnWorkflow(parser.get_spec("p"))
        self.flow.data.update(variables)
        self.flow.get_next_task().data.update(variables)
        self._settle()

    def _settle(self):
        self.flow.do_engine_steps()
        self.flow.refresh_timers()
        self.flow.do_engine_steps()

    def waiting(self):
        ready = self.flow.get_tasks(state=TaskState.READY, manual=True)
        return {task.task_spec.bpmn_id: task for task in ready}

    def do(self, node):
        self.waiting()[node].run()
        self._settle()

    def ended(self):
        return self.flow.is_completed()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(block, st.tuples(*[st.sampled_from([1, 0, 2])] * 3), st.integers(0, 999))
def test_the_same_steps_wait_in_both(shape, values, seed):
    data, variables = draw(("seq", [shape, ("task",)])), dict(zip(VARIABLES, values, strict=True))
    ours, theirs, choose = Ours(data, variables), Spiff(data, variables), random.Random(seed)
    while True:
        assert set(ours.waiting()) == set(theirs.waiting())
        assert ours.ended() == theirs.ended()
        if ours.ended():
            break
        node = choose.choice(sorted(ours.waiting()))
        ours.do(node)
        theirs.do(node)
