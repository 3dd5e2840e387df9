"""The equation behind the gradient at each node: eqs. 10.18 to 10.21."""

from collections.abc import Iterator

from msgspec.structs import replace

from explorer.graph.analyse.trace import Trace
from explorer.graph.compute.contributions import Contribution
from explorer.graph.equation import Combine, CutPath, Equation, Factor, TermOf, shortened
from explorer.graph.equations.citations import gradient_cited
from explorer.graph.equations.cut_words import cut_origin, cut_reason
from explorer.graph.equations.here import NodeHere
from explorer.graph.equations.notation import gradient_factor, plain_parameter, plain_vertex
from explorer.graph.equations.outputs import difference_steps, loss_gradient_equation
from explorer.graph.unfold import Vertex
from explorer.graph.uses import Use
from explorer.language import tr
from explorer.wording import listed


def gradient_equation(trace: Trace, name: str, t: int) -> Equation:
    """How ∇L with respect to node (name, t) adds up from what comes back over each use of the node."""
    if trace.network.output is not None and name == trace.network.output.loss:
        return loss_gradient_equation(trace, t)
    terms = tuple(term for c in trace.reaching(name, t) for term in _contributions(trace, c, t))
    left = gradient_factor(trace, name, t)
    here = plain_vertex(trace, Vertex(name, t))
    origins = [term.origin for term in terms]
    cuts = tuple(
        dict.fromkeys(
            CutPath(cut_origin(trace, cut), cut_reason(trace.network, cut)) for cut in trace.flow.cuts(Vertex(name, t))
        )
    )
    output = trace.network.output
    reads_loss = output is not None and name == output.logits and t in trace.loss_steps
    return Equation(
        title=tr("∇ with respect to {here}", here=here),
        left=left,
        terms=terms,
        source=gradient_cited(trace, name, t),
        caption=_caption(trace, Vertex(name, t), origins, bool(cuts)),
        why=tuple(dict.fromkeys(sentence for term in terms for sentence in _why(trace, term, here))),
        cuts=cuts,
        derivation=difference_steps(trace, t) if reads_loss else (),
    )


def _caption(trace: Trace, vertex: Vertex, origins: list[str], cut: bool) -> str:
    """From where the gradient at a node comes back, in one sentence."""
    here = plain_vertex(trace, vertex)
    if len(origins) != 1:
        several = listed(shortened(origins, tr("from {n} others")))
        if len(origins) == 2:
            return tr(
                "{here} is used twice, so its gradient is the sum of what comes back {origins}.",
                here=here,
                origins=several,
            )
        return tr(
            "{here} is used {terms} times, so its gradient is the sum of what comes back {several}.",
            here=here,
            terms=len(origins),
            several=several,
        )
    if cut:
        return tr("The gradient at {here} comes back {origins}, and from nowhere else.", here=here, origins=origins[0])
    output = trace.network.output
    if output is not None and output.prediction != output.logits and vertex.t in trace.loss_steps:
        logits, prediction, loss = (
            plain_vertex(trace, Vertex(name, vertex.t)) for name in (output.logits, output.prediction, output.loss)
        )
        # The loss differentiates straight to the logits; the graph is drawn with the prediction between.
        if vertex.name == output.logits:
            return tr(
                "The gradient at {here} comes back {origins}, through {prediction} in one step.",
                here=here,
                origins=origins[0],
                prediction=prediction,
            )
        if vertex.name == output.prediction:
            return tr(
                "The gradient at {here} comes back {origins}; what {loss} sends back goes to {logits} in one step.",
                here=here,
                origins=origins[0],
                loss=loss,
                logits=logits,
            )
    return tr(
        "The gradient at {here} comes back {origins}, the only place where {here} is used.",
        here=here,
        origins=origins[0],
    )


def _contributions(trace: Trace, contribution: Contribution, t: int) -> list[TermOf]:
    """The summands over one use: one for each step of the consumer if all of them read this one step."""
    use, consumer = contribution.use, contribution.use.consumer
    if trace.network.node(use.source.name).span.single:
        several = not consumer.span.single
        every = [NodeHere(trace, consumer, step, exact=several) for step in trace.steps(consumer.name)]
        return [replace(_said(use, here), step=here.t if several else None) for here in every]
    if use.source.every:
        here = NodeHere(trace, consumer, trace.steps(consumer.name)[0], exact=True, back_to=t)
        return [replace(_said(use, here), array=trace.contribution(contribution, t))]
    (reader,) = use.source.readers(t)
    # From a child to its parent there is no fixed number of steps.
    exact = bool(use.source.steps)
    here = NodeHere(trace, consumer, reader, exact=True) if exact else NodeHere(trace, consumer, t, use.source.lag)
    return [replace(_said(use, here), array=trace.contribution(contribution, t))]


def _said(use: Use, here: NodeHere) -> TermOf:
    said = (use.term or use.consumer.operation).gradient_said(use.slot, here)
    return replace(said, origin=said.origin or here.origin)


def _why(trace: Trace, term: TermOf, here: str) -> Iterator[str]:
    """Why factors are transposed or one is a row, in a sentence each."""
    if term.combine is Combine.OUTER:
        yield tr(
            "Each entry of {here} takes one number to another, so its gradient is that number times the gradient at "
            "the other: a column times a row.",
            here=here,
        )
    yield from (_why_transposed(trace, factor) for factor in term.factors if factor.transposed)


def _why_transposed(trace: Trace, matrix: Factor) -> str:
    columns, rows = matrix.array.shape
    if matrix.parameter is not None:
        called = plain_parameter(trace, matrix.parameter)
    else:
        assert matrix.vertex is not None
        called = plain_vertex(trace, matrix.vertex)
    return tr(
        "{called} takes {columns} numbers to {rows}; its transpose takes the {rows} gradients back to {columns}, each "
        "entry adding up what it changed downstream.",
        called=called,
        columns=columns,
        rows=rows,
    )
