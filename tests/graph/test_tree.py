"""A tree in post-order as a clock: what a plain recursion computes, for trees of any shape."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.errors import ExplorerError
from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array
from explorer.graph.compute.program import Program
from explorer.graph.declaration import TREE, Linear, Ref
from explorer.graph.equations.by_event import equation_of
from explorer.graph.feedback import connect
from explorer.graph.schedule import schedule
from explorer.graph.tree import Tree, balanced
from explorer.graph.unfold import Vertex, unfold
from tests.oracles.declarations import RECURSIVE, TREE_LSTM, X, hidden, net, output, total
from tests.oracles.examples import SIZES, gradient_error, load, random_batch
from tests.oracles.traces import traced

LEAF: tuple[int, ...] = ()
LEFT_HEAVY = Tree((LEAF, LEAF, (1, 2), LEAF, (3, 4)))
LONE_CHILDREN = Tree((LEAF, (1,), LEAF, LEAF, (3, 4), (2, 5)))


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Any tree of at most two children a node, by what is done with those that wait for a parent."""
    children: list[tuple[int, ...]] = []
    waiting: list[int] = []
    for _ in range(draw(st.integers(0, 6))):
        taken = draw(st.integers(0, min(2, len(waiting))))
        children.append(tuple(waiting[len(waiting) - taken :]))
        waiting = [*waiting[: len(waiting) - taken], len(children)]
    while len(waiting) != 1:
        taken = min(2, len(waiting))
        children.append(tuple(waiting[len(waiting) - taken :]))
        waiting = [*waiting[: len(waiting) - taken], len(children)]
    return Tree(tuple(children))


def computed(architecture: Architecture, tree: Tree, B: int = 2, seed: int = 0, keep: bool = True) -> Program:
    network = replace(connect(architecture), tree=tree)
    program = Program(network, SIZES, len(tree), B, keep=keep)
    rng = np.random.default_rng(seed)
    for parameter in program.memory.parameters.values():
        parameter[...] = rng.normal(0.0, 0.6, parameter.shape)
    load(program, random_batch(architecture, SIZES, len(tree), B, rng))
    return program


class Recursion:
    """Fig. 10.14 by one function that calls itself, forward and backward; x (T, n_x), all by hand."""

    def __init__(self, theta: dict[str, Array], tree: Tree, x: Array, y: Array):
        self.theta, self.tree, self.x, self.y = theta, tree, x, y
        self.h: dict[int, Array] = {}
        self.loss, self.gradients = 0.0, {name: np.zeros_like(array) for name, array in theta.items()}
        self.forward(len(tree))
        self.backward(len(tree), np.zeros(len(theta["b"])))

    def children(self, t: int) -> list[tuple[str, int]]:
        return list(zip("WR", self.tree.children[t - 1], strict=False))

    def prediction(self, t: int) -> Array:
        raised = np.exp(self.theta["c"] + self.theta["V"] @ self.h[t])
        return raised / raised.sum()

    def forward(self, t: int) -> Array:
        a = self.theta["b"] + self.theta["U"] @ self.x[t - 1]
        for weight, child in self.children(t):
            a = a + self.theta[weight] @ self.forward(child)
        self.h[t] = np.tanh(a)
        self.loss -= np.log(self.prediction(t)[self.y[t - 1]])
        return self.h[t]

    def backward(self, t: int, from_parent: Array) -> None:
        difference = self.prediction(t) - np.eye(len(self.theta["c"]))[self.y[t - 1]]
        at_h = from_parent + self.theta["V"].T @ difference
        at_a = at_h * (1.0 - self.h[t] ** 2)
        self.gradients["c"] += difference
        self.gradients["V"] += np.outer(difference, self.h[t])
        self.gradients["b"] += at_a
        self.gradients["U"] += np.outer(at_a, self.x[t - 1])
        for weight, child in self.children(t):
            self.gradients[weight] += np.outer(at_a, self.h[child])
            self.backward(child, self.theta[weight].T @ at_a)


@settings(max_examples=30)
@given(trees(), st.integers(0, 1000), st.booleans())
def test_a_plain_recursion_computes_the_same(tree: Tree, seed: int, keep: bool) -> None:
    program = computed(RECURSIVE, tree, B=2, seed=seed, keep=keep)
    memory, total_loss = program.memory, 0.0
    gradients = {name: np.zeros_like(array) for name, array in memory.parameters.items()}
    x, y = memory.steps_of("x"), memory.target_index.reshape(len(tree), 2) % SIZES["n_y"]
    for b in range(2):
        plain = Recursion(memory.parameters, tree, x[:, b], y[:, b])
        total_loss += plain.loss / 2
        for name, gradient in plain.gradients.items():
            gradients[name] += gradient / 2
    assert program.loss == pytest.approx(total_loss, rel=1e-12)
    for name, gradient in gradients.items():
        np.testing.assert_allclose(memory.parameter_gradients[name], gradient, rtol=1e-10, atol=1e-12)


@settings(max_examples=15, deadline=None)
@given(trees(), st.booleans())
def test_gates_of_children_have_right_gradients_in_any_tree(tree: Tree, keep: bool) -> None:
    assert gradient_error(computed(TREE_LSTM, tree, keep=keep)) < 1e-6


def test_an_absent_child_is_the_initial_state_and_sends_its_gradient_there() -> None:
    program = computed(RECURSIVE, LEFT_HEAVY, B=1)
    weights, gradient = program.memory.parameters, program.memory.gradients["a"][:, 0]
    leaves = [0, 1, 3]
    expected = sum((weights["W"] + weights["R"]).T @ gradient[t] for t in leaves)
    np.testing.assert_allclose(program.initial_gradients["h"][-1, 0], expected, rtol=1e-12)


def test_edges_lead_from_children_to_parents() -> None:
    graph = unfold(replace(connect(RECURSIVE), tree=LONE_CHILDREN), 6)
    found = {(e.source.t, e.target.t): e.weight for e in graph.edges if e.source.name == "h" and e.target.name == "a"}
    inner = {pair: weight for pair, weight in found.items() if pair[0]}
    assert inner == {(1, 2): "W", (3, 5): "W", (4, 5): "R", (2, 6): "W", (5, 6): "R"}
    assert graph.boundary == (Vertex("h", 0),)


def test_equations_name_the_child_and_the_parent() -> None:
    found = traced(RECURSIVE, T=3)
    said = {(e.kind.value, e.name, e.t): equation_of(found.trace, e) for e in found.events}
    value = said["value", "a", 3]
    assert [term.factors[-1].tex for term in value.terms] == ["b", "x^{(t)}", "h^{(c_{1}(t))}", "h^{(c_{2}(t))}"]
    assert [term.factors[-1].tex_here for term in value.terms] == ["b", "x^{(3)}", "h^{(1)}", "h^{(2)}"]
    assert [term.origin for term in said["gradient", "h", 2].terms] == ["from o(2)", "from a(3)"]


def test_a_tree_is_balanced_unless_its_shape_is_given() -> None:
    assert balanced(5).children == ((), (1,), (), (3,), (2, 4))
    assert balanced(7).children == ((), (), (1, 2), (), (), (4, 5), (3, 6))
    assert unfold(connect(RECURSIVE), 5).network.tree == balanced(5)


@pytest.mark.parametrize(
    ("children", "message"),
    [
        (((), (), (2, 1)), "Node 3 of the tree cannot have 2 and 1 for its children"),
        (((), (), (1,)), "Node 3 of the tree cannot have 1 for its children"),
        (((3,), ()), "Node 1 of the tree cannot have 3 for its children"),
        (((), ()), "without a parent here are 1 and 2"),
        ((), "without a parent here are none"),
    ],
)
def test_what_is_no_tree_in_post_order_is_refused(children: tuple[tuple[int, ...], ...], message: str) -> None:
    with pytest.raises(ExplorerError, match=message):
        Tree(children)


def test_a_tree_has_a_node_for_every_step() -> None:
    with pytest.raises(ExplorerError, match="The tree has 5 nodes, but the sequence T = 4 steps"):
        unfold(replace(connect(RECURSIVE), tree=LEFT_HEAVY), 4)


def test_children_are_read_in_trees_and_lags_elsewhere() -> None:
    no_tree = net("no_tree", X, hidden("h", total(Linear("W", Ref("h", child=0)))), *output(Linear("V", Ref("h"))))
    with pytest.raises(ExplorerError, match="h reads a child of h, but lives in no tree"):
        schedule(connect(no_tree))
    lag = net("lag", X, hidden("h", total(Linear("W", Ref("h", lag=1))), TREE), *output(Linear("V", Ref("h"))))
    with pytest.raises(ExplorerError, match="its steps are the nodes of a tree; let it read a child"):
        schedule(connect(lag))
