"""Give signed numbers colours: blue to ochre, violet to vermillion. No Qt, and numpy only with the first number.

So a theme, which holds two such maps, is there long before numpy, and a window can be painted in its colours.
"""

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from explorer.ui.look.colour import Bytes


class DivergingMap:
    """Colours for signed numbers: `zero` in the middle, `negative` and `positive` stops outward from it."""

    def __init__(self, negative: tuple[str, ...], zero: str, positive: tuple[str, ...], missing: str) -> None:
        self.negative, self.zero, self.positive, self.missing = negative, zero, positive, missing

    @cached_property
    def table(self) -> "Bytes":
        """RGBA of each step from −STEPS to +STEPS, then that of NaN: (2 · STEPS + 2, 4)."""
        from explorer.ui.look.colour import diverging_table

        return diverging_table((self.zero, *self.negative), (self.zero, *self.positive), self.missing)

    @cached_property
    def dark_ink(self) -> "NDArray[np.bool_]":
        """For each row of `table`, whether black text stands out from it more than white text does."""
        from explorer.ui.look.colour import wants_dark_ink

        return wants_dark_ink(self.table)

    def steps(self, values: "ArrayLike", limit: float) -> "NDArray[np.intp]":
        """The row of `table` for each value; `limit` and all beyond it take the last colour of their side.

        A limit that is not a positive number shows every number as zero.
        """
        from explorer.ui.look.colour import diverging_steps

        return diverging_steps(values, limit)

    def rgba(self, values: "ArrayLike", limit: float) -> "Bytes":
        """The colour of each value of an array (...): uint8 (..., 4). See `steps`."""
        return self.table[self.steps(values, limit)]
