"""A tree as a clock: what a plain recursion computes, for sequences of which each has a tree of its own."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.architectures import get_architecture
from explorer.errors import ExplorerError
from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array
from explorer.graph.compute.program import Program
from explorer.graph.declaration import TREE, Activation, Bias, Hadamard, Linear, Ref
from explorer.graph.equations.by_event import equation_of
from explorer.graph.feedback import connect
from explorer.graph.schedule import schedule
from explorer.graph.tree import Tree, balanced
from explorer.graph.unfold import Vertex, unfold
from tests.oracles.declarations import RECURSIVE, TREE_LSTM, X, hidden, net, output, total
from tests.oracles.examples import SIZES, gradient_error, joined, load, random_batch, random_trees
from tests.oracles.traces import run_trace, traced

RIGHT_COMB = Tree(((3, 4), (2, 5), (1, 6)))


def computed(architecture: Architecture, T: int, B: int, seed: int, keep: bool = True) -> Program:
    """A network over B random trees, run forward and backward, as it has run on others before."""
    program = Program(connect(architecture), SIZES, T, B, keep=keep)
    rng = np.random.default_rng(seed)
    for parameter in program.memory.parameters.values():
        parameter[...] = rng.normal(0.0, 0.6, parameter.shape)
    for _ in range(2):
        batch = random_batch(architecture, SIZES, T, B, rng)
        load(program, batch)
    program.batch = batch  # type: ignore[attr-defined]
    return program


class Recursion:
    """Fig. 10.14 by one function that calls itself, forward and backward; x (T, n_x), all by hand."""

    def __init__(self, theta: dict[str, Array], children: dict[int, tuple[int, int]], x: Array, y: Array):
        self.theta, self.children, self.x, self.y = theta, children, x, y
        self.h: dict[int, Array] = {}
        self.loss, self.gradients = 0.0, {name: np.zeros_like(array) for name, array in theta.items()}
        self.forward(len(y))
        self.backward(len(y), np.zeros(len(theta["b"])))

    def prediction(self, t: int) -> Array:
        raised = np.exp(self.theta["c"] + self.theta["V"] @ self.h[t])
        return raised / raised.sum()

    def forward(self, t: int) -> Array:
        theta = self.theta
        if t in self.children:
            left, right = self.children[t]
            a = theta["b"] + theta["W"] @ self.forward(left) + theta["R"] @ self.forward(right)
        else:
            a = theta["b"] + theta["U"] @ self.x[t - 1]
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
        if t not in self.children:
            self.gradients["U"] += np.outer(at_a, self.x[t - 1])
        for weight, child in zip("WR", self.children.get(t, ()), strict=False):
            self.gradients[weight] += np.outer(at_a, self.h[child])
            self.backward(child, self.theta[weight].T @ at_a)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 7), st.integers(1, 4), st.integers(0, 1000), st.booleans())
def test_a_plain_recursion_computes_the_same(T: int, B: int, seed: int, keep: bool) -> None:
    program = computed(RECURSIVE, T, B, seed, keep)
    memory, total_loss, batch = program.memory, 0.0, program.batch  # type: ignore[attr-defined]
    gradients = {name: np.zeros_like(array) for name, array in memory.parameters.items()}
    for b in range(B):
        children = {T + 1 + k: (int(left), int(right)) for k, (left, right) in enumerate(batch.trees[:, :, b].T)}
        plain = Recursion(memory.parameters, children, batch.inputs["x"][:, b], batch.y[:, b])
        total_loss += plain.loss / B
        for name, gradient in plain.gradients.items():
            gradients[name] += gradient / B
    assert program.loss == pytest.approx(total_loss, rel=1e-12)
    for name, gradient in gradients.items():
        np.testing.assert_allclose(memory.parameter_gradients[name], gradient, rtol=1e-10, atol=1e-12)


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 6), st.integers(0, 1000), st.booleans())
def test_gates_of_children_have_right_gradients_in_any_trees(T: int, seed: int, keep: bool) -> None:
    assert gradient_error(computed(TREE_LSTM, T, 2, seed, keep)) < 1e-6


def test_trees_are_balanced_where_a_batch_brings_none_after_one_that_did() -> None:
    program, rng = Program(connect(RECURSIVE), SIZES, 5, 1), np.random.default_rng(0)
    program.memory.theta[...] = rng.normal(size=program.memory.theta.shape)
    batch = random_batch(RECURSIVE, SIZES, 5, 1, rng)
    losses = []
    for trees in (None, np.array(joined(0, 1, 1, 1, 1).inner).T[..., np.newaxis], None):
        load(program, replace(batch, trees=trees))
        losses.append(program.loss)
    assert losses[0] == losses[2] != losses[1]
    load(program, replace(batch, trees=np.array(balanced(5).inner).T[..., np.newaxis]))
    assert program.loss == losses[0]


def test_leaves_read_the_sequence_and_inner_nodes_their_children() -> None:
    graph = unfold(replace(connect(RECURSIVE), tree=RIGHT_COMB), 4)
    found = {(e.source.name, e.source.t, e.target.t): e.weight for e in graph.edges if e.target.name == "a"}
    leaves = {("x", t, t): "U" for t in (1, 2, 3, 4)}
    joining = {5: (3, 4), 6: (2, 5), 7: (1, 6)}
    left, right = ({("h", pair[side], t): "WR"[side] for t, pair in joining.items()} for side in (0, 1))
    assert found == leaves | left | right
    assert graph.boundary == ()


def test_equations_name_the_child_and_the_parent_and_leave_out_what_is_not_there() -> None:
    found = traced(RECURSIVE, T=2)
    said = {(e.kind.value, e.name, e.t): equation_of(found.trace, e) for e in found.events}
    leaf, inner = said["value", "a", 2], said["value", "a", 3]
    assert [term.factors[-1].tex_here for term in leaf.terms] == ["b", "x^{(2)}"]
    assert [term.factors[-1].tex for term in inner.terms] == ["b", "h^{(c_{1}(t))}", "h^{(c_{2}(t))}"]
    assert [term.factors[-1].tex_here for term in inner.terms] == ["b", "h^{(1)}", "h^{(2)}"]
    assert [term.origin for term in said["gradient", "h", 2].terms] == ["from o(2)", "from a(3)"]
    assert [term.step for term in said["parameter_gradient", "U", None].terms] == [1, 2]
    assert [term.step for term in said["parameter_gradient", "W", None].terms] == [3]
    assert [term.step for term in said["parameter_gradient", "b", None].terms] == [1, 2, 3]


def test_words_say_leaf_node_and_root() -> None:
    found = traced(get_architecture("recursive_tree"), T=3)
    said = {(e.kind.value, e.name, e.t): equation_of(found.trace, e) for e in found.events}
    assert said["value", "h", 4].title == "h at node 4" and said["value", "o", 5].title == "o at the root"
    assert said["value", "L", 5].title == "Loss at the root"
    used = {name: said["parameter_gradient", name, None] for name in "VUbQ"}
    assert [used[name].caption.partition(",")[0] for name in "VUb"] == [
        f"The same {name} is used at every {where}"
        for name, where in (("V", "leaf"), ("U", "inner node"), ("b", "node"))
    ]
    assert used["Q"].caption == "Q is used once, at the root."
    assert (used["U"].first, used["U"].last) == (r"\tau + 1", r"2\tau - 1") and used["V"].last == r"\tau"


def test_what_each_step_adds_to_a_gradient_is_that_gradient_in_all() -> None:
    trace = traced(RECURSIVE, T=5, B=2).trace
    for name, gradient in trace.parameter_gradients.items():
        np.testing.assert_allclose(trace.parameter_contributions(name).sum(0), gradient, rtol=1e-10, atol=1e-14)


def test_a_tree_follows_from_the_brackets_that_close_after_each_leaf() -> None:
    assert joined(0, 1, 1, 1) == Tree(((1, 2), (5, 3), (6, 4)))  # (((1 2) 3) 4)
    assert joined(0, 0, 0, 3) == RIGHT_COMB  # (1 (2 (3 4)))
    assert joined(0, 1, 0, 2) == balanced(4)  # ((1 2) (3 4))
    assert balanced(1) == Tree(()) and balanced(3) == Tree(((2, 3), (1, 4)))
    assert unfold(connect(RECURSIVE), 5).network.tree == balanced(5)


@pytest.mark.parametrize("inner", [((2, 1),), ((1, 3), (4, 2)), ((1, 2), (1, 3)), ((1, 5), (4, 3)), ((1, 2), (3, 4))])
def test_what_is_no_tree_over_a_sequence_is_refused(inner: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ExplorerError, match=r"Node \d of the tree cannot join \d and \d"):
        Tree(inner)


def test_a_tree_has_a_leaf_for_every_step() -> None:
    with pytest.raises(ExplorerError, match="The tree has 4 leaves, but the sequence T = 5 steps"):
        unfold(replace(connect(RECURSIVE), tree=RIGHT_COMB), 5)


@pytest.mark.parametrize(
    ("operation", "tree", "message"),
    [
        (total(Linear("W", Ref("h", child=0))), False, "h reads a child of h, but h lives in no tree"),
        (total(Linear("W", Ref("x", child=0))), True, "h reads a child of x, but x lives in no tree"),
        (total(Linear("W", Ref("h", lag=1))), True, "its steps are the nodes of a tree; let it read a child"),
        (Activation(Ref("h", child=1)), True, "a child of h, which leaves have not; only a sum can do without it"),
        (total(Hadamard(Ref("h", child=1), Ref("x"))), True, "multiplies a child of h by what leaves read"),
        (total(Linear("W", Ref("h", child=0))), True, "h would be a sum of nothing at leaves; add a bias"),
        (total(Linear("U", Ref("x"))), True, "h would be a sum of nothing at inner nodes; add a bias"),
    ],
)
def test_children_are_read_in_trees_and_lags_elsewhere(operation, tree: bool, message: str) -> None:  # type: ignore[no-untyped-def]
    span = {"span": TREE} if tree else {}
    x = replace(X, size="n_h")
    made = net("made", x, hidden("h", operation, **span), *output(Linear("V", Ref("h")), **span))  # type: ignore[arg-type]
    with pytest.raises(ExplorerError, match=re.escape(message)):
        schedule(connect(made))


def test_what_reads_a_tree_lives_in_it() -> None:
    inside = hidden("h", total(Bias("b"), Linear("U", Ref("x"))), TREE)
    outside = net("outside", X, inside, *output(Linear("V", Ref("h"))))
    with pytest.raises(ExplorerError, match="o reads h, whose steps are the nodes of a tree; let it live in the tree"):
        schedule(connect(outside))


def test_the_root_is_the_last_step() -> None:
    trace = traced(TREE_LSTM, T=3).trace
    assert trace.loss_steps == range(5, 6) and Vertex("o", 5) in trace.graph.vertices


def test_a_chain_reads_the_sequence_and_leaves_trees_aside() -> None:
    chain, rng = get_architecture("sequence_to_one"), np.random.default_rng(0)
    batch = replace(random_batch(chain, SIZES, 4, 1, rng), trees=random_trees(4, 1, rng))
    theta = {p.name: rng.normal(size=p.shape(SIZES)) for p in chain.parameters}
    trace = run_trace(connect(chain), SIZES, theta, batch)
    assert trace.network.tree is None and {edge.lag for edge in trace.graph.edges} == {0, 1}
