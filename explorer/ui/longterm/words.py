"""Put into words what the views on long-term dependencies show. No Qt."""

from math import isfinite

import numpy as np

from explorer.graph.analyse.surface import POINTS, Descent, Entry, Steepest, Surface
from explorer.language import tr, trn
from explorer.session.longterm.composed import Composed
from explorer.session.longterm.landscape import STEPS, Descents, is_cliff
from explorer.session.longterm.multiplied import Multiplied, NetworkProducts
from explorer.ui.typography.numbers import figures
from explorer.wording import LOWERED, listed

DRIVES = {"own": tr("own input"), "held": tr("input held"), "zero": tr("no input")}


def curve_words(composed: Composed, c: int) -> str:
    """What a curve looks like, in the terms of fig. 10.15."""
    step = composed.composition.steps[c]
    name = f"{composed.symbol}({step})"
    shape = composed.shape(c)
    if not isfinite(shape.steepest):
        return tr("{name} is beyond what a float can hold.", name=name)
    if c == 0:
        return tr("{name}: where it begins, a straight line.", name=name)
    if shape.steepest == 0:
        return tr(
            "{name}: level, whatever {symbol}({steps}) was.",
            name=name,
            symbol=composed.symbol,
            steps=composed.composition.steps[0],
        )
    return tr(
        "{name}: {turns}, slope up to {steepest}, flat on {flat:.0f} % of the line.",
        name=name,
        turns=trn("1 turn", "{n:,} turns", shape.turns),
        steepest=figures(shape.steepest, 2),
        flat=shape.flat * 100,
    )


def composition_words(composed: Composed, c: int) -> tuple[str, str]:
    """The curve at hand, and what made it; and shorter."""
    settings, said = composed.wanted.settings, curve_words(composed, c)
    held = tr(" The input of step {held} is held.", held=composed.wanted.held) if settings.drive == "held" else ""
    larger = (
        tr(" {weights} × {gain:g} in this view alone.", weights=listed(composed.weights), gain=settings.gain)
        if settings.gain != 1.0
        else ""
    )
    return f"{said}{held}{larger}", said


def jacobian_name(side: NetworkProducts, t: int | str) -> str:
    """∂s(6)/∂s(2), or ∂s(6)/∂s(t)."""
    return f"∂{side.symbol}({side.products.k})/∂{side.symbol}({t})"


def passing_name(side: NetworkProducts) -> str:
    """What passes a unit on by itself: f, α, or the slope φ′ of its activation."""
    return " + ".join(side.carriers) if side.carriers else "φ′"


def step_words(side: NetworkProducts, t: int) -> str:
    """What is left of step t, in full."""
    products, name = side.products, jacobian_name(side, t)
    if t not in products.steps():
        return tr("{symbol}({k}) does not depend on {symbol}({t}).", symbol=side.symbol, k=products.k, t=t)
    norm = float(products.norms[t - 1])
    lines = [
        tr("{name}: largest singular value {norm}", name=name, norm=figures(norm, 4))
        if isfinite(norm)
        else tr("{name} is beyond a float.", name=name)
    ]
    if norm == 0:
        lines = [tr("{name} = 0: the way is cut, or smaller than a float can hold.", name=name)]
    if products.direct is not None:
        direct = products.direct[t - 1]
        low, high = figures(float(direct.min())), figures(float(direct.max()))
        lines.append(
            tr("on the direct path Π {name} of the units: {low} … {high}", name=passing_name(side), low=low, high=high)
        )
    if products.shares is not None:
        shares = products.shares[t - 1]
        low, high = figures(float(shares.min()), 2), figures(float(shares.max()), 2)
        lines.append(tr("{name} at step {t}: {low} … {high}", name=passing_name(side), t=t, low=low, high=high))
    return "\n".join(lines)


def products_words(multiplied: Multiplied, t: int | None) -> tuple[str, str]:
    """What is left of step t on both sides, or of the farthest from where each begins; and shorter."""
    sides = [multiplied.this] if multiplied.other is None else [multiplied.this, multiplied.other]
    said = [_left_words(side, t) for side in sides]
    full = [
        f"{words} ({side.weights})." if side.weights else f"{words}." for side, words in zip(sides, said, strict=True)
    ]
    if multiplied.other is None:
        full.append(multiplied.why_alone)
    return "\n".join(full), "\n".join(said)


def _left_words(side: NetworkProducts, t: int | None) -> str:
    products = side.products
    if t is None or t not in products.steps():
        t = products.steps()[-1]
    said = f"{side.title}: ‖{jacobian_name(side, t)}‖ = {figures(float(products.norms[t - 1]), 2)}"
    if products.direct is None:
        return said
    return f"{said}, Π {passing_name(side)} ≤ {figures(float(products.direct[t - 1].max()), 2)}"


def entry_name(entry: Entry, symbol: str) -> str:
    """An entry of a parameter, as W₁₂ or b₃; where that would not be clear, as W_g[1,2]."""
    numbers = [str(i + 1) for i in entry[1]]
    if symbol.isalpha() and all(len(number) == 1 for number in numbers):
        return symbol + "".join(numbers).translate(LOWERED)
    return f"{symbol}[{','.join(numbers)}]"


def cliff_words(found: Steepest | None, weights: str, gain: float, fruitless: float) -> tuple[str, str]:
    """Whether the surface has a cliff, with the number that this rests on; and shorter.

    `fruitless` is the largest factor of the recurrent weights up to which none was found.
    """
    if found is None:
        return (tr("This piece is level, or its losses are no finite numbers."),) * 2
    larger = tr(" with {weights} × {gain:g}", weights=weights, gain=gain) if gain != 1.0 else ""
    share = f"{found.share * 100:.0f} %"
    if is_cliff(found):
        return (
            tr(
                "A cliff{larger}: {share} of the height within one {part}th of the side.",
                larger=larger,
                share=share,
                part=POINTS - 1,
            ),
            tr("Cliff: {share} of the height in a cell.", share=share),
        )
    more = tr(" Nor is there one up to × {fruitless:g}.", fruitless=fruitless) if fruitless else ""
    return (
        tr(
            "No cliff here{larger}: at most {share} of the height within one {part}th of the side.{more}",
            larger=larger,
            share=share,
            part=POINTS - 1,
            more=more,
        ),
        tr("No cliff up to × {fruitless:g}: ≤ {share} of the height in a cell.", fruitless=fruitless, share=share)
        if fruitless
        else tr("No cliff: ≤ {share} of the height in a cell.", share=share),
    )


def descent_words(descents: Descents, half: float) -> tuple[str, str]:
    """What both descents do; and shorter."""
    plain, clipped = descents.plain, descents.clipped
    largest, longest = figures(float(plain.norms.max(initial=0.0)), 2), figures(plain.longest, 2)
    leaves = left(plain, half)
    way = tr("step {step} leaves this piece", step=len(plain.places) - 1) if leaves else tr("it stays on this piece")
    said = tr(
        "Unclipped, ‖g‖ is up to {largest} and a step up to {longest} long; {way}.",
        largest=largest,
        longest=longest,
        way=way,
    )
    if not clipped.clipped:
        return (
            tr(
                "{said} No gradient is longer than v = {clip:g}, so clipping changes nothing.",
                said=said,
                clip=descents.clip,
            ),
            tr("‖g‖ ≤ {largest}: never clipped.", largest=largest),
        )
    bound = figures(descents.rate * descents.clip, 2)
    clip, last = descents.clip, len(clipped.places) - 1
    return (
        tr(
            "{said} Clipped to v = {clip:g}, no step is longer than η v = {bound}; it leaves only at step {last}.",
            said=said,
            clip=clip,
            bound=bound,
            last=last,
        )
        if left(clipped, half)
        else tr(
            "{said} Clipped to v = {clip:g}, no step is longer than η v = {bound}; it stays.",
            said=said,
            clip=clip,
            bound=bound,
        ),
        tr("‖g‖ ≤ {largest}: leaps {longest}, clipped {bound}.", largest=largest, longest=longest, bound=bound),
    )


def left(descent: Descent, half: float) -> bool:
    """Whether a descent ends off the surface."""
    return bool(np.abs(descent.places[-1]).max() > half) or not isfinite(float(descent.losses[-1]))


def place_words(surface: Surface, x: float, y: float, names: tuple[str, str]) -> str:
    """Where a place of the surface is, and how high."""
    at = [f"{name} = {figures(start + by)}" for name, start, by in zip(names, surface.centre, (x, y), strict=True)]
    column, row = (int(np.abs(surface.by - by).argmin()) for by in (x, y))
    loss = float(surface.losses[row, column])
    height = f", L = {figures(loss)}" if isfinite(loss) else ""
    return tr(
        "{at}{height}\nClick to begin the descents here: {steps} steps each.",
        at=", ".join(at),
        height=height,
        steps=STEPS,
    )
