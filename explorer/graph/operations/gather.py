"""All steps of a source as one matrix, a row for each: what a decoder looks back at (Bahdanau et al., 2015)."""

import numpy as np
from msgspec.structs import replace

from explorer.graph.contexts import BackRows, Here, Rows, Script
from explorer.graph.equation import Said, TermOf, summand
from explorer.graph.operations.base import Operation
from explorer.graph.refs import Ref, Vertex
from explorer.language import tr


class Gather(Operation, frozen=True):
    """The matrix whose row t is source(t), for every step of the source, which is an `every` reference.

    Its node lives once, and its size is the product of the number of steps and of the units of the source.
    """

    source: Ref

    def forward(self, at: Rows) -> None:
        rows, B = at.read(self.source), len(at.out)
        every_step = rows.reshape(-1, B, rows.shape[1])
        at.call(np.copyto, at.out.reshape(B, len(every_step), -1), every_step.swapaxes(0, 1))

    def vjp(self, slot: int, at: BackRows) -> None:
        """Each step gets its row: `at.gradient` is that of the steps that `at.out` is for."""
        B, n = len(at.gradient), at.out.shape[1]
        at.call(np.copyto, at.out.reshape(-1, B, n), at.gradient.reshape(B, -1, n).swapaxes(0, 1))

    def value_said(self, here: Here) -> Said:
        every = here.every(self.source)
        assert every.vertex is not None
        caption = tr(
            "The rows of {here} are {first} to {last}, one for each step.",
            here=here.plain(),
            first=here.plain(Vertex(every.vertex.name, 1)),
            last=here.plain(every.vertex),
        )
        return Said((summand(every),), caption)

    def gradient_said(self, slot: int, here: Here) -> TermOf:
        whole, t = here.gradient(), here.back_to
        row = whole.array[t - 1]
        tex, tex_here = rf"\left( {whole.tex} \right)_{{t,:}}", rf"\left( {whole.tex_here} \right)_{{{t},:}}"
        return summand(replace(whole, tex=tex, tex_here=tex_here, array=row, shape=whole.shape[1:]))

    def numpy_value(self, script: Script) -> str:
        return f"np.stack({script.every(self.source)}, 1)"

    def numpy_vjp(self, slot: int, gradient: str, value: str, script: Script) -> str:
        return f"{gradient}[:, {script.back_to} - 1]"

    def torch_value(self, script: Script) -> str:
        return f"torch.stack({script.every(self.source)}, 1)"
