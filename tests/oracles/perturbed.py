"""Forward propagation vertex by vertex, with one of them, or all that is learnt, changed a little: no derivatives."""

import numpy as np

from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.graph.declaration import (
    Activation,
    Bias,
    BinaryCrossEntropy,
    CrossEntropy,
    Gather,
    Given,
    Hadamard,
    Linear,
    MatrixProduct,
    Mix,
    OneHotArgmax,
    OneHotSample,
    Ref,
    Scaled,
    SigmoidSquaredError,
    Softmax,
    SquaredError,
    Sum,
)
from explorer.graph.refs import shape_of_size
from explorer.graph.unfold import Vertex

FUNCTIONS = {
    "tanh": np.tanh,
    "sigmoid": lambda z: 1.0 / (1.0 + np.exp(-z)),
    "identity": lambda z: z,
    "one_minus": lambda z: 1.0 - z,
}


def perturbed(
    trace: Trace, changed: Vertex | None = None, by: float | Array = 0.0, learnt: float = 0.0
) -> dict[Vertex, Array]:
    """The value of every vertex of the first sequence.

    `changed` is moved by `by`, a number in some direction; θ and all states before the first (and after the last)
    step by `learnt`.
    """
    rng = np.random.default_rng(0)
    theta = {name: array + learnt * rng.normal(size=array.shape) for name, array in trace.parameters.items()}
    found: dict[Vertex, Array] = {}

    def read(ref: Ref, t: int) -> Array:
        vertex = Vertex(ref.name, trace.step_read(ref, t))
        if vertex not in found:
            value = trace.value(vertex.name, vertex.t)
            given = isinstance(trace.network.node(ref.name).operation, Given)
            found[vertex] = value if given else value + learnt * rng.normal(size=value.shape)
        return found[vertex]

    def there(ref: Ref, t: int) -> bool:
        """Whether a node of a tree has such a child, or an input of its own."""
        if ref.child is not None:
            return ref.steps[t - 1] > 0
        return trace.network.tree is None or trace.step_read(ref, t) in trace.steps(ref.name)

    def compute(vertex: Vertex) -> Array:
        t = vertex.t
        match trace.network.node(vertex.name).operation:
            case Given():
                return trace.value(vertex.name, t)
            case Sum(terms):
                total = np.zeros(1)
                for term in terms:
                    if not all(there(source, t) for source in term.sources):
                        continue
                    match term:
                        case Bias(name):
                            total = total + theta[name]
                        case Linear(name, source):
                            total = total + theta[name] @ read(source, t)
                        case Hadamard(left, right):
                            total = total + read(left, t) * read(right, t)
                        case MatrixProduct(matrix, vector, transposed):
                            shape = shape_of_size(trace.network.node(matrix.name).size, trace.sizes)
                            rows = read(matrix, t).reshape(shape)
                            total = total + (rows.T if transposed else rows) @ read(vector, t)
                        case Scaled(name, source, complement):
                            total = total + (1 - theta[name] if complement else theta[name]) * read(source, t)
                return total
            case Activation(source, function):
                return FUNCTIONS[function](read(source, t))
            case Gather(source):
                return np.concatenate([found[Vertex(source.name, step)] for step in trace.steps(source.name)])
            case Softmax(source):
                raised = np.exp(read(source, t))
                return raised / raised.sum()
            case OneHotArgmax(source):
                return np.eye(len(read(source, t)))[read(source, t).argmax()]
            case OneHotSample(source):
                thresholds = read(source, t).cumsum()[:-1]
                return np.eye(len(thresholds) + 1)[np.searchsorted(thresholds, trace.batch.uniform[t - 1, 0])]
            case Mix(target, own):
                return read(target if trace.batch.mask[t - 1, 0] else own, t)
            case CrossEntropy(target=target):
                o = found[Vertex(trace.network.output.logits, t)]
                return np.log(np.exp(o).sum()) - o @ read(target, t)
            case BinaryCrossEntropy(target=target):
                o = found[Vertex(trace.network.output.logits, t)]
                return np.log1p(np.exp((1.0 - 2.0 * read(target, t)) * o)).sum()
            case SigmoidSquaredError(target=target):
                o = found[Vertex(trace.network.output.logits, t)]
                return np.square(FUNCTIONS["sigmoid"](o) - read(target, t)).sum() / 2.0
            case SquaredError(prediction, target):
                return np.square(read(prediction, t) - read(target, t)).sum() / 2.0
        raise AssertionError(f"no value for {vertex}")

    for vertex in trace.graph.vertices:
        found[vertex] = compute(vertex)
        if vertex == changed:
            some = rng.normal(size=found[vertex].shape)
            found[vertex] = found[vertex] + (by if isinstance(by, np.ndarray) else by * some)
    return found
