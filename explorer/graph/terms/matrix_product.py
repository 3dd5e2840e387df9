"""The term matrix · vector of two nodes, by which attention scores what it looks at and takes the mean of it."""

import numpy as np

from explorer.graph.arrays import Array
from explorer.graph.contexts import Both, Here, Rows, Script, TermBack
from explorer.graph.equation import Combine, Factor, TermOf, summand
from explorer.graph.refs import Source
from explorer.graph.terms.base import Term


class MatrixProduct(Term, frozen=True):
    """The term matrix · vector, or with `transposed` matrixᵀ · vector, of nodes both.

    The matrix lives once (see `Gather`), the vector at the steps of the sum. What comes back to the matrix is the
    sum of an outer product for each of these steps.
    """

    matrix: Source
    vector: Source
    transposed: bool = False

    def forward(self, at: Rows) -> Array:
        vector = at.read(self.vector)
        product = at.room(len(vector))
        self._multiply(at, vector, product, self.transposed)
        return product

    def vjp(self, slot: int, at: TermBack) -> None:
        if slot:
            self._multiply(at, at.gradient, at.out, not self.transposed)
            return
        B = len(at.out)
        vector, gradient = (
            rows.reshape(-1, B, rows.shape[1]).swapaxes(0, 1) for rows in (at.read(self.vector), at.gradient)
        )
        left, right = (vector, gradient) if self.transposed else (gradient, vector)
        at.call(np.matmul, left.swapaxes(1, 2), right, at.out.reshape(B, left.shape[2], -1))

    def adds_up(self, slot: int) -> bool:
        return slot == 0

    def _multiply(self, at: Both, vector: Array, out: Array, transposed: bool) -> None:
        """Prepare `out` = the matrix of each sequence, or its transpose, times a vector at every step."""
        matrix, B = at.read(self.matrix), len(at.read(self.matrix))
        size = vector.shape[1]
        matrices = matrix.reshape(B, size, -1).swapaxes(1, 2) if transposed else matrix.reshape(B, -1, size)
        at.call(np.matmul, matrices, vector.reshape(-1, B, size, 1), out.reshape(-1, B, out.shape[1], 1))

    def _matrix_said(self, here: Here, transposed: bool) -> Factor:
        factor = here.value(self.matrix)
        return factor.turned if transposed else factor

    def value_said(self, here: Here) -> TermOf:
        return summand(self._matrix_said(here, self.transposed), here.value(self.vector))

    def gradient_said(self, slot: int, here: Here) -> TermOf:
        if slot:
            return summand(self._matrix_said(here, not self.transposed), here.gradient())
        factors = here.gradient(), here.value(self.vector)
        return summand(*(reversed(factors) if self.transposed else factors), combine=Combine.OUTER)

    def _written(self, package: str, script: Script, vector: str, transposed: bool) -> str:
        pattern = "bri,br->bi" if transposed else "bri,bi->br"
        return f'{package}.einsum("{pattern}", {script.read(self.matrix)}, {vector})'

    def numpy_value(self, script: Script) -> str:
        return self._written("np", script, script.read(self.vector), self.transposed)

    def numpy_vjp(self, slot: int, gradient: str, script: Script) -> str:
        if slot:
            return self._written("np", script, gradient, not self.transposed)
        left, right = script.read(self.vector), gradient
        if not self.transposed:
            left, right = right, left
        return f"{left}[:, :, None] * {right}[:, None, :]"

    def torch_value(self, script: Script) -> str:
        return self._written("torch", script, script.read(self.vector), self.transposed)
