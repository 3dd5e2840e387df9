"""Put into words and formulas what the picture of gradients shows: cells, verdict, loop, path. No Qt."""

from math import isfinite

from explorer.graph.operations import ACTIVATIONS
from explorer.graph.spectrum import SOFTMAX
from explorer.session.reach.loop import LoopShown
from explorer.session.reach.path import Passed, cut_by
from explorer.session.reach.reach import OVERALL, PER_STEP, SHORTEST, Fate, Reach, Trend, Verdict
from explorer.ui.typography.numbers import exact, figures
from explorer.ui.typography.typesetting import coloured

CRITERION = (
    f"Vanishing: a factor below {PER_STEP[0]} per step back (halved every two steps or faster), or less than "
    f"1/{OVERALL[1]:.0f} left at the far end.\nExploding: a factor above {PER_STEP[1]} (doubled every two steps), or "
    f"more than {OVERALL[1]:.0f} times.\nMeasured along the longest way back, if that is {SHORTEST} steps or more."
)


_PRODUCT = r"\prod_{i=t}^{k-1}"


def cell_words(reach: Reach, k: int, t: int) -> str:
    """What a cell says when it is pointed at."""
    match reach.fate(k, t):
        case Fate.LATER:
            return f"h({t}) comes after L({k}): that loss does not depend on it."
        case Fate.NO_LOSS:
            return f"There is no L({k}): this network has one loss, at τ = {reach.trace.T}."
        case Fate.CUT:
            s = reach.cut_at(k, t)
            return f"{_norm(k, t)} is exactly 0: {cut_by(reach, s)}." if s else f"{_norm(k, t)} is exactly 0."
    norm = reach.norm(k, t)
    if norm == 0:
        return (
            f"{_norm(k, t)} = 0, though the way is open: every unit on it has slope 0, "
            "or the product is smaller than a float can hold."
        )
    if not isfinite(norm):
        return f"{_norm(k, t)} is beyond what a float can hold."
    own = reach.norm(k, k)
    share = f"\n{figures(norm / own)} times that at h({k})" if t < k and own > 0 else ""
    return f"{_norm(k, t)} = {exact(norm)}{share}"


def verdict_lines(verdict: Verdict) -> tuple[str, ...]:
    """The factor of a step and the trend's name, for the corner of the picture; nothing if there is no trend."""
    match verdict.trend:
        case Trend.UNKNOWN:
            return ()
        case Trend.CUT:
            return ("all cut" if verdict.k == verdict.t else "cut",)
        case trend:
            name = {Trend.VANISHING: "vanishing", Trend.EXPLODING: "exploding"}.get(trend, "carries on")
            # What is beyond a float has a name, but no factor.
            return (f"× {figures(verdict.factor, 2)} a step", name) if isfinite(verdict.factor) else (name,)


def verdict_words(verdict: Verdict) -> str:
    """The verdict with the numbers that it rests on, and the criterion."""
    match verdict.trend:
        case Trend.UNKNOWN:
            said = f"No way back here is {SHORTEST} steps long: too short to tell whether gradients vanish."
        case Trend.CUT:
            said = "Gradients are cut before they could vanish or explode."
        case trend:
            k, t = verdict.k, verdict.t
            said = (
                f"{trend.value}: of the gradient of L({k}), h({t}) gets {figures(verdict.left)} times what h({k}) "
                f"gets, a factor {figures(verdict.factor)} for each of {k - t} steps."
            )
    return f"{said}\n{CRITERION}"


def loop_words(shown: LoopShown) -> str:
    """What the eigenvalues have to do with gradients."""
    if not shown.ways:
        return shown.words
    return (
        f"{spectrum_words(shown)}\n"
        f"Largest |λ|: {figures(shown.radius, 5)}; largest singular value: {figures(shown.norm, 5)}.\n"
        "A step back multiplies by ∂h(t+1)/∂h(t) = diag(φ′(a(t+1))) times this matrix. Where slopes are at most 1, a\n"
        "largest singular value below 1 makes gradients vanish; only above 1 can they explode. Over many steps at a\n"
        "steady slope, |λ| decides."
    )


def path_pieces(reach: Reach, k: int, t: int) -> tuple[tuple[str, ...], ...]:
    """∂h(k)/∂h(t); the product that it is; and that again with what each factor is, where one formula fits them all.

    Each part comes in pieces of TeX, to be set side by side: they are the same for every cell, so typeset only once.
    """
    left, each = (coloured(_jacobian("k", "t"), "backward"),), ("=", _PRODUCT, _jacobian("i+1", "i"))
    ways = {reach.loop.ways_at(reach.trace, i) for i in range(t, k)} if reach.loop is not None else set()
    open_ways = reach.loop.ways if reach.loop is not None and not ways else ways.pop() if len(ways) == 1 else ()
    if reach.loop is None or not open_ways:
        return left, each
    factors = [_product(way.factors, "i") for way in open_ways]
    matrix = " + ".join(factors)
    slope = ACTIVATIONS[reach.loop.function].derivative_tex.format(h="h^{(i+1)}")
    diagonal = () if slope == "1" else (rf"\mathrm{{diag}}\left( {slope} \right)",)
    return left, each, ("=", _PRODUCT, *diagonal, rf"\left( {matrix} \right)" if len(factors) > 1 else matrix)


def cell_lines(reach: Reach, k: int, t: int) -> tuple[str, ...]:
    """The number of a cell on one line: as it is best said, and shorter."""
    number = figures(reach.norm(k, t))
    return f"{_norm(k, t)} = {number}", f"at h({t}): {number}", number


def radius_lines(shown: LoopShown) -> tuple[str, ...]:
    """The spectral radius on one line, such as ρ(W + R J V) = 0.83, and shorter."""
    if not shown.ways:
        return ()
    number = figures(shown.radius)
    return f"ρ({matrix_name(shown)}) = {number}", f"ρ = {number}"


def matrix_name(shown: LoopShown) -> str:
    """The matrix of the loop, such as W + R J V."""
    return " + ".join(" ".join(way) for way in shown.ways)


def spectrum_words(shown: LoopShown) -> str:
    """What the dots in the complex plane are, in one sentence; or why there are none."""
    return f"Eigenvalues of {matrix_name(shown)}{shown.words}" if shown.ways else shown.words


def passed_words(k: int, step: Passed) -> str:
    """What a column of the path's bars says when it is pointed at."""
    product = f"‖∂h({k})/∂h({step.i})‖ = {figures(step.product, 5)}"
    if step.i == k - 1:
        return product
    return f"factor ‖∂h({step.i + 1})/∂h({step.i})‖ = {figures(step.factor, 5)}\nproduct so far {product}"


def _product(factors: tuple[str, ...], at: str) -> str:
    return r" \, ".join(
        coloured(f"J^{{({at})}}", "forward") if f == SOFTMAX else coloured(f, "parameter") for f in factors
    )


def _jacobian(of: str, by: str) -> str:
    return rf"\frac{{\partial h^{{({of})}}}}{{\partial h^{{({by})}}}}"


def _norm(k: int, t: int) -> str:
    return f"‖∂L({k})/∂h({t})‖"
