"""Any declaration that a person might write: a hypothesis strategy for small networks, sensible or not."""

from hypothesis import strategies as st

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import (
    EVERY,
    LAST,
    ONCE,
    Activation,
    Bias,
    FedBack,
    Given,
    Hadamard,
    Linear,
    Node,
    Ref,
    Span,
    Sum,
    Term,
)
from explorer.graph.output import OUTPUTS

SEGMENT = Span("T_x")
ELSEWHERE = st.sampled_from([LAST, ONCE, SEGMENT, Span("T_x", last=True)])
SPANS = st.integers(0, 9).flatmap(lambda n: ELSEWHERE if n == 0 else st.just(EVERY))


@st.composite
def declarations(draw: st.DrawFn) -> Architecture:
    """Up to three hidden units of sum and activation, an input or none, an output of any kind or none."""
    nodes: list[Node] = []
    names = [f"h{i}" for i in range(draw(st.integers(1, 3)))]
    has_input, kind = draw(st.booleans()), draw(st.sampled_from([None, *OUTPUTS.values()]))
    if has_input:
        nodes.append(Node("x", "n_x", Given(), "x", row=0, span=draw(SPANS)))
    hidden = [*names, *(f"a_{name}" for name in names)]

    def source(before: list[str]) -> Ref:
        """Mostly what comes before, or the past of anything; now and then what no order computes."""
        if draw(st.integers(0, 19)) == 0:
            return Ref(draw(st.sampled_from(hidden)), lag=draw(st.sampled_from([0, -1])))
        if before and draw(st.booleans()):
            return Ref(draw(st.sampled_from(before)))
        return Ref(draw(st.sampled_from(hidden)), lag=draw(st.sampled_from([1, 1, 2])))

    def terms(owner: str, before: list[str]) -> tuple[Term, ...]:
        found: list[Term] = [Bias(f"b_{owner}")] if draw(st.booleans()) else []
        for i in range(draw(st.integers(1, 3))):
            if draw(st.integers(0, 3)) == 0:
                found.append(Hadamard(source(before), source(before)))
            elif kind is not None and draw(st.integers(0, 4)) == 0:
                found.append(Linear(f"W_{owner}{i}", FedBack(lag=1)))
            else:
                found.append(Linear(f"W_{owner}{i}", source([*before, *(["x"] if has_input else [])])))
        return tuple(found)

    for row, name in enumerate(names, start=1):
        span = draw(SPANS)
        before = [node.name for node in nodes if node.size == "n_h"]
        nodes.append(Node(f"a_{name}", "n_h", Sum(terms(name, before)), "a", row=2 * row - 1, optional=True, span=span))
        function = draw(st.sampled_from([None, "tanh", "sigmoid", "one_minus"]))
        nodes.append(Node(name, "n_h", Activation(Ref(f"a_{name}"), function), "h", row=2 * row, span=span))
    if kind is not None:
        span = draw(st.sampled_from([EVERY, EVERY, EVERY, LAST]))
        row = 2 * len(names) + 1
        read = draw(st.sampled_from(names))
        nodes.append(Node("o", "n_y", Sum((Bias("c"), Linear("V", Ref(read)))), "o", row=row, span=span))
        prediction = "o"
        if kind.predicts is not None:
            prediction = "yhat"
            nodes.append(Node("yhat", "n_y", kind.predicts(Ref("o")), r"\hat{y}", row=row + 1, span=span))
        loss = kind.loss(Ref(prediction), Ref("y"))
        nodes.append(Node("L", "1", loss, "L", row=row + 2, span=span))
        nodes.append(Node("y", "n_y", Given(), "y", row=row + 2, shift=0.42, span=span))
    return Architecture(
        "any", title="Any", subtitle="", figure="", lesson="It may be anything.", group=Group.DEEP, nodes=tuple(nodes)
    )
