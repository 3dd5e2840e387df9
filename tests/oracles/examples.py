"""Random examples: a network with drawn θ and a drawn batch, computed; and how far its gradients are right."""

import numpy as np
import pytest

from explorer.architectures import architectures, get_architecture
from explorer.graph.analyse.differences import finite_difference, relative_error
from explorer.graph.architecture import Architecture
from explorer.graph.batch import Batch, Symbols
from explorer.graph.compute.program import Program
from explorer.graph.declaration import Activation, OneHotArgmax, OneHotSample, Ref, Sizes, dimension
from explorer.graph.feedback import FEEDBACKS, connect, get_feedback
from explorer.graph.output import OUTPUTS, SOFTMAX, Target
from explorer.graph.stretches import in_tree
from explorer.graph.tree import Tree, trees_of
from tests.oracles.declarations import EVERY_DECLARATION, TREES
from tests.settings import FOUR

SIZES = {"n_x": 2, "n_h": 4, "n_y": 3, "n_v": 5, "n_z": 6, "T_x": 3}
"""All different, so that a matrix taken the wrong way round does not fit; T_x steps in a segment of its own."""


def random_batch(architecture: Architecture, sizes: Sizes, T: int, B: int, rng: np.random.Generator) -> Batch:
    """Inputs, targets, a mask that mixes both sources, and numbers to sample with."""
    target = None if architecture.target is None else architecture.node(architecture.target)
    steps, n_y = T if target is None else target.span.count(T, sizes), sizes["n_y"]
    kind = Target.SYMBOLS if architecture.output is None else architecture.output.kind.target
    draw = {
        Target.SYMBOLS: lambda: rng.integers(n_y, size=(steps, B)),
        Target.BITS: lambda: rng.integers(2, size=(steps, B, n_y)),
        Target.NUMBERS: lambda: rng.normal(size=(steps, B, n_y)),
    }
    given = map(architecture.node, architecture.inputs)
    return Batch(
        {x.name: rng.normal(size=(x.span.count(T, sizes), B, dimension(x.size, sizes))) for x in given},
        y=draw[kind](),
        mask=rng.integers(2, size=(T, B)).astype(np.float64),
        uniform=rng.random((T, B)),
        trees=random_trees(T, B, rng) if any(map(in_tree, architecture.nodes)) else None,
    )


def random_trees(T: int, B: int, rng: np.random.Generator) -> Symbols:
    """A tree for each sequence, (2, T − 1, B): two neighbours without a parent are joined, again and again."""
    trees = np.zeros((2, T - 1, B), np.intp)
    for b in range(B):
        waiting = list(range(1, T + 1))
        for inner in range(T - 1):
            place = int(rng.integers(len(waiting) - 1))
            trees[:, inner, b] = waiting[place : place + 2]
            waiting[place : place + 2] = [T + inner + 1]
    return trees


def joined(*closings: int) -> Tree:
    """The tree of an expression, by the number of brackets that close after each leaf: ((1 2) 3) is 0, 1, 1."""
    (left,), (right,) = trees_of(np.array(closings)[:, np.newaxis]).transpose(0, 2, 1).tolist()
    return Tree(tuple(zip(left, right, strict=True)))


def load(program: Program, batch: Batch) -> None:
    """Give the program the batch and run it forward and backward."""
    program.load(batch)
    program.forward()
    program.backward()


def computed(
    architecture: Architecture,
    feedback: str | None = None,
    activation: str = "tanh",
    *,
    sizes: Sizes = SIZES,
    T: int = 5,
    B: int = 3,
    seed: int = 0,
    keep: bool = True,
    dtype: type = np.float64,
) -> Program:
    """A program with everything drawn from the seed, biases too, run forward and backward."""
    network = connect(architecture, get_feedback(feedback) if feedback else None, activation)
    program = Program(network, sizes, T, B, dtype, keep)
    rng = np.random.default_rng(seed)
    for parameter in program.memory.parameters.values():
        parameter[...] = rng.normal(0.0, 1.0 / np.sqrt(parameter.shape[-1]), parameter.shape)
    load(program, random_batch(architecture, sizes, T, B, rng))
    return program


def feedbacks(architecture: Architecture) -> list[str | None]:
    """Every feedback setting that the architecture takes."""
    if not architecture.takes_feedback or architecture.output is None:
        return [None]
    return [f.id for f in FEEDBACKS.values() if f.own is None or f.own in architecture.output.kind.own]


def some_feedbacks(architecture: Architecture) -> list[str | None]:
    """Every setting for the networks of the first lessons; for others, one that cuts the gradient and one that lets it
    through: the rest does not differ from network to network."""
    every = feedbacks(architecture)
    return (
        every if architecture.id in FOUR else [f for f in every if f in (None, "teacher_forcing", "free_running_yhat")]
    )


OTHER_OUTPUTS = [
    pytest.param(other, feedback, id=f"{other.id}-{kind.id}-{feedback}")
    for architecture in map(get_architecture, ("sequence_to_one", "hidden_and_output"))
    for kind in OUTPUTS.values()
    if kind != SOFTMAX
    for other in [architecture.with_output(kind)]
    for feedback in feedbacks(other)
]
"""One output and many, with feedback and without, each with every output but its own."""


EVERY_NETWORK = [
    *(
        pytest.param(architecture, feedback, id=f"{architecture.id}-{feedback}")
        for architecture in (*architectures().values(), *EVERY_DECLARATION, *TREES)
        if architecture.output is not None
        for feedback in some_feedbacks(architecture)
    ),
    *OTHER_OUTPUTS,
]
"""All with a loss, of the app, with other outputs, and thrown away, with the feedbacks that tell them apart."""


def gradient_error(program: Program) -> float:
    """The largest disagreement of any entry of any parameter's gradient with its finite difference."""
    errors = (
        relative_error(float(gradient[index]), finite_difference(program, name, index))
        for name, gradient in program.memory.parameter_gradients.items()
        for index in np.ndindex(gradient.shape)
    )
    return max(errors, default=0.0)


def distance_to_a_jump(program: Program) -> float:
    """How far the nearest relu unit is from its kink, arg-max from a tie, and sample from another symbol.

    Nearer than a step's effect, the loss has no derivative that a finite difference could find. The program
    must keep the pre-activations.
    """
    memory, nearest = program.memory, np.inf
    for node in program.network.nodes:
        span = memory.spans[node.name]
        match node.operation:
            case Activation(Ref() as source, "relu"):
                margin = np.abs(memory.source(source, *span))
            case OneHotArgmax(source):
                ordered = np.sort(memory.source(source, *span))
                margin = ordered[:, -1] - ordered[:, -2]
            case OneHotSample(source):
                assert memory.uniform is not None
                thresholds = np.add.accumulate(memory.source(source, *span), 1)[:, :-1]
                margin = np.abs(thresholds - memory.uniform[:, None])
            case _:
                continue
        nearest = min(nearest, float(margin.min()))
    return nearest


def smooth_seed(architecture: Architecture, feedback: str | None) -> int:
    """The first seed of `computed` that keeps clear of every jump."""
    clear = (s for s in range(100) if distance_to_a_jump(computed(architecture, feedback, seed=s)) > 1e-2)
    return next(clear)
