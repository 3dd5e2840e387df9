"""The equations of what is held by hand: of a whole node in place of its formula, of some of its units beside it."""

from collections.abc import Callable

from msgspec.structs import replace

from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array, Index
from explorer.graph.equation import Combine, Equation, Factor, Function, Role, Said, TermOf
from explorer.graph.equations.notation import plain_vertex
from explorer.language import tr, trn
from explorer.wording import listed

HELD_TEX = r"\mathrm{held}"


def held_equation(trace: Trace, title: str, left: Factor) -> Equation:
    """The equation of a node all of whose units are held."""
    assert left.vertex is not None
    held = Factor(HELD_TEX, HELD_TEX, left.array, Role.CONSTANT, left.shape)
    caption = tr(
        "{node} is held at these numbers by hand: what follows is computed from them, no gradient goes back through "
        "them, and training does not hold them.",
        node=plain_vertex(trace, left.vertex),
    )
    return Equation(title, left, (TermOf((held,), Combine.SCALE, left.array),), tr("held by hand"), caption)


def partly_held(said: Said, value: Array, units: tuple[int, ...], node: str) -> Said:
    """What is said of a value of which some units are held; the others are computed as ever."""
    inner = said.function
    name, heading = ("", "") if inner is None else (inner.name, inner.heading)
    function = HeldUnits("held", name, heading=heading, inner=inner, units=units, value=value)
    caption = tr(
        "{formula} But of {node} is held by hand {units}: no gradient goes back there, and training does not hold it.",
        formula=said.caption,
        units=_counted(units),
        node=node,
    )
    return replace(said, caption=caption, function=function)


def free_factor(factor: Factor, units: tuple[int, ...]) -> Factor:
    """Of a gradient (n,) what goes back from a node of which some units are held: nothing through these."""
    if not units:
        return factor
    array = factor.array.copy()
    array.reshape(-1)[list(units)] = 0.0
    tex, tex_here = (rf"\left( {tex} \right)_{{\mathrm{{free}}}}" for tex in (factor.tex, factor.tex_here))
    return replace(factor, tex=tex, tex_here=tex_here, array=array)


def _counted(units: tuple[int, ...]) -> str:
    numbers = [str(unit + 1) for unit in units]
    return trn("unit {units}", "units {units}", len(units), units=listed(numbers))


class HeldUnits(Function, frozen=True, eq=False, kw_only=True):
    """A node of n units, some of which are held: there `value` (n,) stands, elsewhere what `inner` makes of it."""

    inner: Function | None
    units: tuple[int, ...]
    value: Array

    def apply(self, total: Array, entry: int | None) -> Array:
        made = total if self.inner is None else self.inner.apply(total, entry)
        made = made.copy()
        made[list(self.units)] = self.value[list(self.units)]
        return made

    def tex(self, body: str, step: str) -> str:
        inner = body if self.inner is None else self.inner.tex(body, step)
        numbers = ", ".join(str(unit + 1) for unit in self.units)
        return rf"{inner} \quad (\mathrm{{held}}: {numbers})"

    def entries(self, index: Index, n: int, entry: int | None) -> list[Index]:
        if index[0] in self.units:
            return []
        return [index] if self.inner is None else self.inner.entries(index, n, entry)

    def by_hand(self, left: str, part: Callable[[Index], str], index: Index, n: int, entry: int | None) -> str:
        if index[0] in self.units:
            return tr("{value}, held by hand", value=left)
        return f"{left} = {part(index)}" if self.inner is None else self.inner.by_hand(left, part, index, n, entry)

    def missing(self, total: Array, entry: int | None) -> str:
        return "" if self.inner is None else self.inner.missing(total, entry)
