"""Put into words and formulas what the picture of gradients shows: cells, verdict, loop, path. No Qt."""

from collections.abc import Sequence
from itertools import pairwise
from math import isfinite

from explorer.graph.analyse.spectrum import SOFTMAX
from explorer.language import tr
from explorer.session.reach.loop import LoopShown
from explorer.session.reach.path import Passed, cut_by
from explorer.session.reach.reach import OVERALL, PER_STEP, SHORTEST, Fate, Reach, ReachVerdict, Trend
from explorer.ui.typography.numbers import exact, figures
from explorer.ui.typography.typesetting import coloured

CRITERION = tr(
    "Vanishing: a factor below {below} per step back (halved every two steps or faster), or less than 1/{overall:.0f} "
    "left at the far end.\nExploding: a factor above {above} (doubled every two steps), or more than {overall:.0f} "
    "times.\nMeasured along the longest way back, if that is {shortest} steps or more.",
    below=PER_STEP[0],
    overall=OVERALL[1],
    above=PER_STEP[1],
    shortest=SHORTEST,
)


def cell_words(reach: Reach, k: int, t: int) -> str:
    """What a cell says when it is pointed at."""
    name = _norm(reach, k, t)
    match reach.fate(k, t):
        case Fate.LATER:
            if reach.direction < 0:
                backward = tr("{symbol} runs backward in time", symbol=reach.symbol)
                return tr(
                    "{written} comes before L({k}), and {backward}: that loss does not depend on it.",
                    written=reach.written(t),
                    k=k,
                    backward=backward,
                )
            return tr("{written} comes after L({k}): that loss does not depend on it.", written=reach.written(t), k=k)
        case Fate.NO_LOSS:
            return tr("There is no L({k}): this network has one loss, at {place}.", k=k, place=place_of_loss(reach))
        case Fate.CUT:
            s = reach.cut_at(k, t)
            return (
                tr("{name} is exactly 0: {reason}.", name=name, reason=cut_by(reach, s))
                if s
                else tr("{name} is exactly 0.", name=name)
            )
    norm = reach.norm(k, t)
    if norm == 0:
        return tr(
            "{name} = 0, though the way is open: every unit on it has slope 0, or the product is smaller than a float "
            "can hold.",
            name=name,
        )
    if not isfinite(norm):
        return tr("{name} is beyond what a float can hold.", name=name)
    own = reach.norm(k, k) if k <= reach.norms.shape[1] else 0.0
    share = (
        tr("\n{norm} times that at {written}", norm=figures(norm / own), written=reach.written(k))
        if t != k and own > 0
        else ""
    )
    return f"{name} = {exact(norm)}{share}"


def verdict_lines(verdict: ReachVerdict) -> tuple[str, ...]:
    """The factor of a step and the trend's name, for the corner of the picture; nothing if there is no trend."""
    match verdict.trend:
        case Trend.UNKNOWN:
            return ()
        case Trend.CUT:
            return (tr("all cut") if verdict.k == verdict.t else tr("cut"),)
        case trend:
            name = {Trend.VANISHING: tr("vanishing"), Trend.EXPLODING: tr("exploding")}.get(trend, tr("carries on"))
            # What is beyond a float has a name, but no factor.
            return (
                (tr("× {factor} a step", factor=figures(verdict.factor, 2)), name)
                if isfinite(verdict.factor)
                else (name,)
            )


def verdict_words(verdict: ReachVerdict, state: str = "h") -> str:
    """The verdict with the numbers that it rests on, and the criterion."""
    match verdict.trend:
        case Trend.UNKNOWN:
            said = tr(
                "No way back here is {shortest} steps long: too short to tell whether gradients vanish.",
                shortest=SHORTEST,
            )
        case Trend.CUT:
            said = tr("Gradients are cut before they could vanish or explode.")
        case trend:
            k, t = verdict.k, verdict.t
            said = tr(
                "{trend}: of the gradient of L({k}), {state}({t}) gets {left} times what {state}({k}) gets, a factor "
                "{factor} for each of {steps} steps.",
                trend=trend.value,
                k=k,
                state=state,
                t=t,
                left=figures(verdict.left),
                factor=figures(verdict.factor),
                steps=verdict.steps,
            )
    return f"{said}\n{CRITERION}"


def loop_words(shown: LoopShown) -> str:
    """What the eigenvalues have to do with gradients."""
    if not shown.paths:
        return shown.words
    return tr(
        "{spectrum_words}\nLargest |λ|: {radius}; largest singular value: {norm}.\n"
        "A step back multiplies by {jacobian} times this matrix. Where slopes are at most 1, a\n"
        "largest singular value below 1 makes gradients vanish; only above 1 can they explode. Over many steps at a\n"
        "steady slope, |λ| decides.",
        spectrum_words=spectrum_words(shown),
        radius=figures(shown.radius, 5),
        norm=figures(shown.norm, 5),
        jacobian=shown.jacobian,
    )


def path_pieces(reach: Reach, k: int, t: int) -> tuple[tuple[str, ...], ...]:
    """∂h(k)/∂h(t); the product that it is; and that again with what each factor is, where one formula fits them all.

    Each part comes in pieces of TeX, to be set side by side: they are the same for every cell, so typeset only once.
    """
    symbol, forward = reach.trace.network.node(reach.state).symbol, reach.direction > 0
    after, product = ("i+1", r"\prod_{i=t}^{k-1}") if forward else ("i-1", r"\prod_{i=k+1}^{t}")
    left = (coloured(_jacobian(symbol, "k", "t"), "backward"),)
    each = ("=", product, _jacobian(symbol, after, "i"))
    if reach.trace.network.tree is not None:
        way = reach.way(k, t)
        return left, ("=", *(_jacobian(symbol, str(of), str(by)) for of, by in pairwise(way)))
    paths = {reach.loop.paths_at(reach.trace, i) for i in _steps(reach, k, t)} if reach.loop is not None else set()
    open_paths = reach.loop.paths if reach.loop is not None and not paths else paths.pop() if len(paths) == 1 else ()
    if reach.loop is None or not open_paths:
        return left, each
    symbols = {p.name: p.symbol for p in reach.trace.network.architecture.parameters}
    factors = [_product([symbols.get(name, name) for name in path.factors], "i") for path in open_paths]
    matrix = " + ".join(factors)
    slope = reach.loop.function.derivative_tex.format(h=f"{symbol}^{{({after})}}")
    diagonal = () if slope == "1" else (rf"\mathrm{{diag}}\left( {slope} \right)",)
    return left, each, ("=", product, *diagonal, rf"\left( {matrix} \right)" if len(factors) > 1 else matrix)


def cell_lines(reach: Reach, k: int, t: int) -> tuple[str, ...]:
    """The number of a cell on one line: as it is best said, and shorter."""
    number = figures(reach.norm(k, t))
    return (
        f"{_norm(reach, k, t)} = {number}",
        tr("at {written}: {number}", written=reach.written(t), number=number),
        number,
    )


def radius_lines(shown: LoopShown) -> tuple[str, ...]:
    """The spectral radius on one line, such as ρ(W + R J V) = 0.83, and shorter."""
    if not shown.paths:
        return ()
    number = figures(shown.radius)
    return f"ρ({matrix_name(shown)}) = {number}", f"ρ = {number}"


def matrix_name(shown: LoopShown) -> str:
    """The matrix of the loop, such as W + R J V."""
    return " + ".join(" ".join(path) for path in shown.paths)


def spectrum_words(shown: LoopShown) -> str:
    """What the dots in the complex plane are, in one sentence; or why there are none."""
    return (
        tr("Eigenvalues of {matrix_name}{words}", matrix_name=matrix_name(shown), words=shown.words)
        if shown.paths
        else shown.words
    )


def passed_words(k: int, step: Passed, state: str = "h", direction: int = 1) -> str:
    """What a column of the path's bars says when it is pointed at."""
    product, after = f"‖∂{state}({k})/∂{state}({step.i})‖ = {figures(step.product, 5)}", step.i + direction
    if after == k:
        return product
    factor = tr(
        "factor ‖∂{state}({after})/∂{state}({i})‖ = {factor}",
        state=state,
        after=after,
        i=step.i,
        factor=figures(step.factor, 5),
    )
    return tr("{factor}\nproduct so far {product}", factor=factor, product=product)


def cut_words(reach: Reach, s: int) -> str:
    """What cuts the way back to step s, and which Jacobian that makes zero."""
    after = reach.written(s + reach.direction)
    return tr(
        "Cut: {reason}, so ∂{after}/∂{written} = 0.", reason=cut_by(reach, s), after=after, written=reach.written(s)
    )


def way_words(reach: Reach, k: int, t: int) -> str:
    """The way back where it has no chart, because its Jacobians are no products of the same few matrices."""
    if reach.loop is not None or k == t:
        return ""
    if reach.trace.network.tree is None:
        return tr("No chart here: “Products of Jacobians” shows those of this network one by one.")
    return tr("The way down the tree: {way}.", way=", ".join(map(reach.written, reach.way(k, t))))


def place_of_loss(reach: Reach) -> str:
    """Where the only loss of a network stands."""
    return tr("the root") if reach.trace.network.tree is not None else f"τ = {reach.trace.last}"


def norm_tex(symbol: str) -> str:
    """What the picture shows, with the symbol of the state."""
    return rf"\left\| \partial L^{{(k)}} / \partial {symbol}^{{(t)}} \right\|"


def _steps(reach: Reach, k: int, t: int) -> range:
    """The steps that a gradient comes to on its way from k to t."""
    return range(k - reach.direction, t - reach.direction, -reach.direction)


def _product(factors: Sequence[str], at: str) -> str:
    return r" \, ".join(
        coloured(f"J^{{({at})}}", "forward") if f == SOFTMAX else coloured(f, "parameter") for f in factors
    )


def _jacobian(symbol: str, of: str, by: str) -> str:
    return rf"\frac{{\partial {symbol}^{{({of})}}}}{{\partial {symbol}^{{({by})}}}}"


def _norm(reach: Reach, k: int, t: int) -> str:
    return f"‖∂L({k})/∂{reach.written(t)}‖"
