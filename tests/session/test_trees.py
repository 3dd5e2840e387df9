"""An expression is edited like any sequence, its value at the root; and an account counts the nodes of its tree."""

import re

import numpy as np
import pytest

from explorer.errors import ExplorerError
from explorer.graph.analyse.events import Event, Kind, Phase
from explorer.session.document import show
from explorer.session.edits import InputEdit, TargetEdit
from explorer.session.equations.ledger import ledger, step_equation
from explorer.session.quiz.gradients import parameter_questions
from explorer.session.reach.path import path_edges
from explorer.session.reach.reach import reach_of
from tests.settings import a_document, changed

START = a_document("recursive_tree", "truth_value", feedback=None, typed="((1 1) 1)", length=3, hidden=3)


def test_a_bit_set_by_hand_keeps_its_brackets_and_the_value_follows() -> None:
    assert show(START).trace.batch.y.tolist() == [[1]]
    edited = show(changed(START, edits=(InputEdit(3, 0), InputEdit(1, 0))))
    assert edited.written == "((0 1) 0)" and edited.trace.batch.y.tolist() == [[1]]


def test_the_ledger_of_a_weight_counts_the_nodes_that_it_is_used_at() -> None:
    shown = show(START)
    used = {name: ledger(shown, name).used.nonzero()[0].tolist() for name in ("V", "U", "b")}
    assert used == {"V": [0, 1, 2], "U": [3, 4], "b": [0, 1, 2, 3, 4]}


def test_the_target_stands_at_the_root() -> None:
    assert show(changed(START, edits=(TargetEdit(5, 0),))).trace.batch.y.tolist() == [[0]]
    with pytest.raises(ExplorerError, match="There is one target, at the end, and none at t = 3"):
        show(changed(START, edits=(TargetEdit(3, 0),)))


def test_a_gradient_is_followed_from_the_root_down_to_the_lowest_leaf() -> None:
    reach = reach_of(show(changed(START, typed="((1 1) (1 (1 0)))", length=5)).trace)
    assert reach.way(9, 5) == (9, 8, 7, 5) and reach.has_path(9, 5)
    verdict = reach.verdict
    assert (verdict.k, verdict.t, verdict.steps) == (9, 4, 3)
    assert verdict.factor**3 == pytest.approx(reach.norm(9, 4) / reach.norm(9, 9))


def test_the_path_to_a_leaf_passes_the_nodes_above_it_alone() -> None:
    found = path_edges(show(START).graph, "h", 5, 1)
    assert {edge.target.t for edge in found if edge.source.name == "h" and edge.source.t < 5} <= {1, 4, 5}
    assert {edge.weight for edge in found} >= {"U", "Q"} and "W" not in {edge.weight for edge in found}


def test_what_is_a_node_of_the_tree_is_called_no_step() -> None:
    """But for a step of the optimiser, and the one in which a gradient comes back through a softmax."""
    shown, rng = show(changed(START, typed="((1 1) (1 (1 0)))", length=5)), np.random.default_rng(0)
    said = [f"{equation.title} {equation.caption}" for equation in map(shown.equation, shown.events)]
    for name in shown.trace.parameters:
        account = ledger(shown, name)
        for t in np.flatnonzero(account.used) + 1:
            equation = step_equation(shown, account, int(t))
            said.append(f"{equation.title} {equation.caption}")
        event = Event(Phase.BACKWARD, Kind.PARAMETER_GRADIENT, name)
        for question in parameter_questions(shown, event, rng):
            said.append(" ".join((question.text, *question.options, question.explanation)))
    assert any("Which node adds more" in text for text in said) and any("What node 9 adds" in text for text in said)
    assert [text for text in said if re.search(r"(?<!n one )(?<!One )\bsteps?\b", text)] == []
