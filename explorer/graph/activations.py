"""The table of elementwise functions: value, derivative, TeX, words, and source code of each."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from msgspec import Struct
from numpy.lib.introspect import opt_func_info

from explorer.graph.arrays import Array, Index
from explorer.graph.equation import Factor, Function, Role
from explorer.language import tr


class Sides(Struct, frozen=True):
    """What can be asked about a unit before it is computed: which of two sides of 0 its source is on.

    `asked` is the question about `{unit}`; `options` name the positive side first; `why` is the answer, with `{origin}`
    for the source and its number.
    """

    asked: str
    options: tuple[str, str]
    why: str


NumpyCall = tuple[Callable[..., object], *tuple[Array, ...]]
"""A function of numpy and what it is called with."""


class ActivationFunction(Function, frozen=True, eq=False, kw_only=True):
    """An elementwise function h = φ(a) whose derivative can be read off h itself.

    `calls(a, out)` write φ(a) one after another, and `out` may be `a`: they are prepared once, as a training step has
    thousands of them. `derivative(h, out)` writes φ'(a), given h, to another array. Shapes are free. `derivative_tex`
    is φ'(a) in terms of a vector called h, whose symbol is `{h}`. `numpy`, `numpy_derivative` and `torch` are the same
    as source code, of `{a}` and `{h}`; `numpy_helper` defines a function that `numpy` calls. `written` is its name in a
    line by hand, where that differs from `id`; `words` say what it makes of its `{source}`. `rising`: it never falls.
    `kink` says what happens at its corner, if it has one. `flat`: its derivative is 0 wherever it has one, so no
    gradient passes.
    """

    symbol: str
    derivative_tex: str
    calls: Callable[[Array, Array], Iterator[NumpyCall]]
    derivative: Callable[[Array, Array], object]
    numpy: str
    numpy_derivative: str
    torch: str
    numpy_helper: str = ""
    written: str | None = None
    words: str = tr("{source} passed through {id}, unit by unit")
    sides: Sides | None = None
    rising: bool = True
    kink: str = ""
    flat: bool = False

    def value(self, a: Array, out: Array) -> None:
        """Write φ(a); `out` may be `a`."""
        with np.errstate(over="ignore"):  # of which functions make what is right
            for function, *arrays in self.calls(a, out):
                function(*arrays)

    def slope_at(self, h: Factor) -> Factor:
        """The derivative, by the value h of the function."""
        slope = np.empty_like(h.array)
        self.derivative(h.array, slope)
        tex, tex_here = (rf"\left( {self.derivative_tex.format(h=symbol)} \right)" for symbol in (h.tex, h.tex_here))
        return Factor(tex, tex_here, slope, Role.DERIVATIVE, h.shape, h.vertex)

    def apply(self, total: Array, entry: int | None) -> Array:
        out = np.empty_like(total)
        self.value(total, out)
        return out

    def tex(self, body: str, step: str) -> str:
        return rf"{self.symbol}\left( {body} \right)"

    def entries(self, index: Index, n: int, entry: int | None) -> list[Index]:
        return [index]

    def by_hand(self, left: str, part: Callable[[Index], str], index: Index, n: int, entry: int | None) -> str:
        return f"{left} = {self.id if self.written is None else self.written}({part(index).strip('()')})"


_CONSTANTS = {
    np.dtype(kind): tuple(np.full((), number, kind) for number in (0.0, 1.0, -2.0)) for kind in (np.float32, np.float64)
}
"""0, 1 and −2 as arrays: Python's numbers would cost as much as a few hundred entries at every call."""


def tanh_by_exp(a: Array, out: Array) -> Iterator[NumpyCall]:
    """tanh(a) = 1 − 2 / (exp(2a) + 1), right to about 2⁻⁵² of 1; exp may overflow, which comes to 1."""
    _, one, minus_two = _CONSTANTS[a.dtype]
    yield np.add, a, a, out
    yield np.exp, out, out
    yield np.add, out, one, out
    yield np.divide, minus_two, out, out
    yield np.add, out, one, out


def _has_quick_tanh() -> bool:
    """Whether numpy computes tanh of float64 many at a time; without AVX-512 it takes twice the time of exp or more."""
    found = opt_func_info(func_name="^tanh$", signature="float64")
    return any(one["current"] == "X86_V4" for one in found.get("tanh", {}).values())


_BY_EXP = {} if _has_quick_tanh() else {np.dtype(np.float64): 256, np.dtype(np.float32): 4096}
"""The count of numbers from which on exp is the quicker way, measured with AVX2."""


def _tanh(a: Array, out: Array) -> Iterator[NumpyCall]:
    """As many numbers as make up for more calls go by exp."""
    if a.size >= _BY_EXP.get(a.dtype, np.inf):
        yield from tanh_by_exp(a, out)
    else:
        yield np.tanh, a, out


def _sigmoid(a: Array, out: Array) -> Iterator[NumpyCall]:
    """σ(a) = 1 / (1 + exp(−a)); exp may overflow, which comes to 0."""
    _, one, _ = _CONSTANTS[a.dtype]
    yield np.negative, a, out
    yield np.exp, out, out
    yield np.add, out, one, out
    yield np.reciprocal, out, out


def _sigmoid_derivative(h: Array, out: Array) -> None:
    np.multiply(h, h, out)
    np.subtract(h, out, out)


def _tanh_derivative(h: Array, out: Array) -> None:
    np.multiply(h, h, out)
    np.subtract(1.0, out, out)


def _relu(a: Array, out: Array) -> Iterator[NumpyCall]:
    zero, _, _ = _CONSTANTS[a.dtype]
    yield partial(np.maximum, out=out), a, zero  # numpy wants `out` by name here


def _identity(a: Array, out: Array) -> Iterator[NumpyCall]:
    if a is not out:
        yield np.copyto, out, a


def _one_minus(a: Array, out: Array) -> Iterator[NumpyCall]:
    _, one, _ = _CONSTANTS[a.dtype]
    yield np.subtract, one, a, out


def _step(a: Array, out: Array) -> Iterator[NumpyCall]:
    zero, _, _ = _CONSTANTS[a.dtype]
    yield np.greater_equal, a, zero, out


def _keeps_sign(name: str) -> Sides:
    return Sides(
        tr("What sign will {unit} have?"),
        (tr("positive"), tr("negative")),
        tr("{name} keeps the sign of {{origin}}.", name=name),
    )


TANH = ActivationFunction(
    id="tanh",
    name="tanh",
    symbol=r"\tanh",
    derivative_tex=r"1 - ({h})^2",
    calls=_tanh,
    derivative=_tanh_derivative,
    numpy="np.tanh({a})",
    numpy_derivative="1 - {h} ** 2",
    torch="torch.tanh({a})",
    sides=_keeps_sign("tanh"),
)
SIGMOID = ActivationFunction(
    id="sigmoid",
    name="σ",
    symbol=r"\sigma",
    derivative_tex=r"{h} \odot (1 - {h})",
    calls=_sigmoid,
    derivative=_sigmoid_derivative,
    numpy="sigmoid({a})",
    numpy_helper="""
def sigmoid(a):
    return 0.5 + 0.5 * np.tanh(0.5 * a)  # which cannot overflow
""",
    numpy_derivative="{h} * (1 - {h})",
    torch="torch.sigmoid({a})",
    written="σ",
    sides=Sides(
        tr("Will {unit} be above or below one half?"),
        (tr("above"), tr("below")),
        tr("σ is one half at 0; it is given {origin}."),
    ),
)
RELU = ActivationFunction(
    id="relu",
    name="relu",
    symbol=r"\mathrm{relu}",
    derivative_tex=r"1_{{{h} > 0}}",
    calls=_relu,
    derivative=lambda h, out: np.greater(h, 0.0, out),
    numpy="np.maximum({a}, 0)",
    numpy_derivative="({h} > 0)",
    torch="torch.relu({a})",
    sides=Sides(
        tr("Will {unit} be on, or off at 0?"),
        (tr("on"), tr("off")),
        tr("relu passes on only what is above 0; here {origin}."),
    ),
    kink=tr("Unit {unit} of {here} switches on or off in between: relu has a corner there."),
)
IDENTITY = ActivationFunction(
    id="identity",
    name="id",
    symbol=r"\mathrm{id}",
    derivative_tex="1",
    calls=_identity,
    derivative=lambda h, out: out.fill(1.0),
    numpy="{a}",
    numpy_derivative="np.ones_like({h})",
    torch="{a}",
    written="",
    words="{source}",
    sides=_keeps_sign("identity"),
)
STEP = ActivationFunction(
    id="step",
    name="step",
    symbol=r"\mathrm{step}",
    derivative_tex="0",
    calls=_step,
    derivative=lambda h, out: out.fill(0.0),
    numpy="1.0 * (({a}) >= 0)",
    numpy_derivative="np.zeros_like({h})",
    torch="(({a}) >= 0).double()",
    words=tr(
        "{source} passed through a threshold, unit by unit: 1 from 0 on, else 0; no gradient flows back through it"
    ),
    sides=Sides(
        tr("Will {unit} be on, or off at 0?"),
        (tr("on"), tr("off")),
        tr("A threshold unit is on from 0 on; here {origin}."),
    ),
    kink=tr("Unit {unit} of {here} switches on or off in between: a threshold jumps there."),
    flat=True,
)
"""A threshold unit: for weights that are set by hand, since none of them can be learned through it."""
ONE_MINUS = ActivationFunction(
    id="one_minus",
    name="1 −",
    symbol="1 -",
    derivative_tex="-1",
    calls=_one_minus,
    derivative=lambda h, out: out.fill(-1.0),
    numpy="1 - {a}",
    numpy_derivative="-np.ones_like({h})",
    torch="1 - {a}",
    written="1 − ",
    words=tr("1 − {source}, unit by unit"),
    rising=False,
)
ACTIVATIONS = {f.id: f for f in (TANH, SIGMOID, RELU, IDENTITY, STEP)}
"""The activations that a learner can choose for h."""

FUNCTIONS = ACTIVATIONS | {ONE_MINUS.id: ONE_MINUS}
"""All elementwise functions that a declaration may name; 1 − z is what a gated unit needs."""
