"""Arrange an equation with its numbers: arrays, operators and functions as boxes in lines of a given width."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from explorer.graph.equation import Combine, Equation, Factor, TermOf
from explorer.session.equations.figures import EquationFigures
from explorer.ui.equations.array_block import CELL_HEIGHT, ArrayBlock
from explorer.ui.equations.limits import ColourLimits
from explorer.ui.equations.signs import Operator, Parenthesis

GAP = 5.0
LINE_GAP = 10.0
INDENT = 12.0
SIGN = 24.0
"""Room for the sign before a term."""
FEW_TERMS = 6
"""How many terms of a sum over time stand there before somebody asks for all."""


Item = ArrayBlock | Operator | Parenthesis
Chunk = list[Item]
Wish = Callable[[Factor], bool | None]
"""Whether a factor is to be shown as figures; None: if there is room."""


class Placed(Struct, frozen=True):
    """An item where it stands."""

    item: Item
    x: float
    axis: float
    term: int = -1
    factor: int = -1
    """Which factor of which term an array is; −1 for the result and for what is no array."""


class EquationLayout(Struct, frozen=True):
    """All items in their places, the extent of the whole, and how many terms were left out."""

    placed: tuple[Placed, ...]
    width: float
    height: float
    hidden: int = 0

    def blocks(self) -> Iterator[tuple[Placed, ArrayBlock]]:
        for placed in self.placed:
            if isinstance(placed.item, ArrayBlock):
                yield placed, placed.item


def arrange(
    equation: Equation,
    figures: EquationFigures,
    width: float,
    wish: Wish,
    limits: ColourLimits,
    every_term: bool,
) -> EquationLayout:
    """Lay an equation out in lines of at most `width` px where its arrays allow it. Long sums are cut, with a count."""
    shown = len(equation.terms) if every_term else min(len(equation.terms), FEW_TERMS)
    if len(equation.terms) <= FEW_TERMS + 2:
        shown = len(equation.terms)
    chunks, places = _chunks(equation, figures, shown, width, wish, limits)
    lines = _lines(chunks, width)
    placed: list[Placed] = []
    y = 0.0
    widest = 0.0
    for number, line in enumerate(lines):
        above = max(item.above for item in line)
        below = max(item.below for item in line)
        x = INDENT if number else 0.0
        for item in line:
            placed.append(Placed(item, x, y + above, *places.get(id(item), (-1, -1))))
            x += item.width + GAP
        widest = max(widest, x - GAP)
        y += above + below + LINE_GAP
    return EquationLayout(tuple(placed), widest, max(0.0, y - LINE_GAP), len(equation.terms) - shown)


def _chunks(
    equation: Equation, figures: EquationFigures, shown: int, width: float, wish: Wish, limits: ColourLimits
) -> tuple[list[Chunk], dict[int, tuple[int, int]]]:
    """The result, then each term with its sign: what stays together on a line if it can."""
    places: dict[int, tuple[int, int]] = {}

    def term(i: int) -> list[Chunk]:
        """One term; its widest arrays give up their figures until what stays together fits on a line."""
        closed: set[tuple[int, bool]] = set()
        factors = equation.terms[i].factors

        def block(j: int, row: bool = False) -> ArrayBlock:
            wished = wish(factors[j])
            expanded = (j, row) not in closed if wished is None else wished
            made = ArrayBlock(factors[j], figures.terms[i][j], limits.of(factors[j]), expanded, row, equation.entry)
            places[id(made)] = (i, j)
            return made

        while True:
            parts = _term(equation.terms[i], block)
            if equation.terms[i].combine is Combine.OUTER and _width(parts[0]) > width - INDENT - SIGN:
                parts = [parts[0][:1], parts[0][1:]]
            widest = max(parts, key=_width)
            open_blocks = [
                (item.width, places[id(item)][1], item.row)
                for item in widest
                if isinstance(item, ArrayBlock) and item.expanded and not item.scalar and wish(item.factor) is None
            ]
            if not open_blocks or _width(widest) <= width - INDENT - SIGN:
                return parts
            closed.add(max(open_blocks)[1:])

    limit = limits.of(equation.left)
    left = ArrayBlock(equation.left, figures.left, limit, wish(equation.left) is not False)
    if left.width > width and wish(equation.left) is None:
        left = ArrayBlock(equation.left, figures.left, limit, expanded=False)
    chunks: list[Chunk] = [[left]]
    if not equation.terms:
        return chunks, places
    body: list[Chunk] = []
    for i in range(shown):
        sign = "−" if equation.terms[i].sign < 0 else "+" if i else ""
        parts = term(i)
        first = parts[0][0]
        if sign and isinstance(first, ArrayBlock) and first.negative:
            parts[0] = [Parenthesis(True, CELL_HEIGHT), *parts[0], Parenthesis(False, CELL_HEIGHT)]
        if sign:
            parts[0].insert(0, Operator(sign))
        body += parts
    if shown < len(equation.terms):
        body.append([Operator("+"), Operator(r"\mathrm{…}")])
    _wrap(equation, body)
    body[0].insert(0, Operator("="))
    return [chunks[0], *body], places


def _term(term: TermOf, block: Callable[..., ArrayBlock]) -> list[Chunk]:
    """A term in parts between which the line may end."""
    if len(term.factors) == 1:
        return [[block(0)]]
    match term.combine:
        case Combine.OUTER:
            return [[block(0), Operator("·"), block(1, row=True)]]
        case Combine.ELEMENTWISE:
            return [[block(0), Operator("⊙"), block(1)]]
        case Combine.SOFTMAX_JACOBIAN:
            minuend = block(1)
            high = _height([minuend])
            mean: Chunk = [Operator("−"), block(0, row=True), Operator("·"), block(1), Parenthesis(False, high)]
            return [[block(0), Operator("⊙")], [Parenthesis(True, high), minuend], mean]
        case Combine.MATRIX | Combine.SCALE:
            others: list[Chunk] = [[Operator("⊙"), block(i)] for i in range(2, len(term.factors))]
            return [[block(0), Operator("·"), block(1)], *others]


def _wrap(equation: Equation, body: list[Chunk]) -> None:
    """Put the equation's function around its terms."""
    function = equation.function
    if function is None:
        return
    body[0][:0] = [*map(_word, function.name.split()), Parenthesis(True, _height(body[0]))]
    body[-1].append(Parenthesis(False, _height(body[-1])))
    if function.subscript:
        _, raised, index = equation.terms[0].factors[0].tex_here.partition("^")
        body[-1].append(Operator(f"{function.subscript}{raised}{index}", size=12.5, drop=_height(body[-1]) / 2 - 2))


def _word(name: str) -> Operator:
    return Operator(rf"\mathrm{{{name}}}", size=14.5)


def _height(chunk: Chunk) -> float:
    return 2 * max(item.above for item in chunk) + 2


def _lines(chunks: list[Chunk], width: float) -> list[Chunk]:
    """Greedy lines: a chunk that does not fit goes on the next, and is broken up only if no line holds it."""
    lines: list[Chunk] = [[]]
    for chunk in chunks:
        room = width - (INDENT if len(lines) > 1 else 0.0)
        if lines[-1] and _width([*lines[-1], *chunk]) > room:
            if _width(chunk) <= width - INDENT:
                lines.append(list(chunk))
                continue
            for piece in _pieces(chunk):
                room = width - (INDENT if len(lines) > 1 else 0.0)
                if lines[-1] and _width([*lines[-1], *piece]) > room:
                    lines.append([])
                lines[-1] += piece
        else:
            lines[-1] += chunk
    return lines


def _pieces(chunk: Chunk) -> list[Chunk]:
    """A chunk cut so that each piece has one array, with the operators before it and any bracket that closes after."""
    pieces: list[Chunk] = [[]]
    for item in chunk:
        closing = isinstance(item, Parenthesis) and not item.opening
        if (
            any(isinstance(other, ArrayBlock) for other in pieces[-1])
            and not closing
            and not isinstance(pieces[-1][-1], Parenthesis)
        ):
            pieces.append([])
        pieces[-1].append(item)
    return pieces


def _width(items: Chunk) -> float:
    return sum(item.width for item in items) + GAP * (len(items) - 1)
