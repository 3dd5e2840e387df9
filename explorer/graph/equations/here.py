"""Give operations and terms what they say themselves with: a node of a trace at one step, in symbols and numbers."""

from msgspec.structs import replace

from explorer.graph.analyse.trace import Trace
from explorer.graph.declaration import Node, Ref, Source
from explorer.graph.equation import Factor
from explorer.graph.equations.held import free_factor
from explorer.graph.equations.notation import (
    every_factor,
    gradient_factor,
    parameter_factor,
    plain_vertex,
    value_factor,
    weight_factor,
)
from explorer.graph.output import Target
from explorer.graph.unfold import Vertex
from explorer.language import tr


class NodeHere:
    """A node at step t + `ahead`, written relative to step t; see `contexts.Here`. With `exact`, by its own numbers."""

    def __init__(
        self, trace: Trace, node: Node, t: int, ahead: int = 0, exact: bool = False, back_to: int | None = None
    ):
        self.back_to = t if back_to is None else back_to
        self._trace, self._node, self._relative, self._ahead, self._exact = trace, node, t, ahead, exact
        self.t = t + ahead
        self.origin = tr("from {node}", node=self.plain())
        output = trace.network.output
        self.is_probability = (
            output is not None and node.name == output.prediction and output.kind.target is not Target.NUMBERS
        )

    def value(self, source: Source) -> Factor:
        assert isinstance(source, Ref)
        return self._written(value_factor(self._trace, replace(source, lag=source.lag - self._ahead), self._relative))

    def every(self, source: Source) -> Factor:
        assert isinstance(source, Ref)
        return every_factor(self._trace, source.name)

    def itself(self) -> Factor:
        return self._written(value_factor(self._trace, Ref(self._node.name, -self._ahead), self._relative))

    def gradient(self) -> Factor:
        factor = self._written(gradient_factor(self._trace, self._node.name, self._relative, -self._ahead))
        return free_factor(factor, self._trace.held_units(self._node.name, self.t))

    def parameter(self, name: str, transposed: bool = False) -> Factor:
        return parameter_factor(self._trace, name, transposed)

    def weight(self) -> Factor | None:
        return weight_factor(self._trace, self.t)

    def plain(self, what: Source | Vertex | None = None) -> str:
        vertex = Vertex(self._node.name, self.t)
        if isinstance(what, Ref):
            value = self.value(what)
            assert value.vertex is not None
            vertex = value.vertex
        elif isinstance(what, Vertex):
            vertex = what
        return plain_vertex(self._trace, vertex)

    def fed(self, target: Source, own: Source) -> Source:
        assert self._trace.batch.mask is not None
        return target if self._trace.batch.mask[self.t - 1, 0] else own

    @property
    def logits(self) -> Ref:
        assert self._trace.network.output is not None
        return Ref(self._trace.network.output.logits)

    def _written(self, factor: Factor) -> Factor:
        return replace(factor, tex=factor.tex_here) if self._exact else factor
