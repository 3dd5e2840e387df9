"""Paint short mathematical labels such as h⁽³⁾ or ŷ⁽τ⁾, a thousand times faster than a typeset formula.

Labels are written in the little TeX that architectures declare their symbols in: letters, Greek, \\hat, \\tilde,
\\bar, \\mathrm, indices and exponents. Letters come from the mathematics font, so they match the formulas.
"""

import re
from functools import cached_property, lru_cache
from unicodedata import lookup, normalize

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QGlyphRun, QPaintEngine, QPainter, QPainterPath

from explorer.graph.plain import ACCENTS
from explorer.ui.look.fonts import TEXT_FAMILY, raw_math_font
from explorer.ui.typography.text import selectable

SCRIPT = 0.74
"""Size of indices and exponents, as a share of the size of their base."""
_RAISE, _LOWER = 0.36, 0.21
_OVER_INDEX = 0.08
"""So much higher stands an exponent above an index, which may be as tall as an f."""
_COMMANDS = {
    "nabla": "∇",
    "top": "⊤",
    "partial": "∂",
    "odot": "⊙",
    "cdot": "·",
    "ldots": "…",
    "times": "×",
    "sum": "Σ",
    "lambda": "𝜆",  # its Unicode name is spelt otherwise
    "varepsilon": "𝜀",
}
_OVER = {"hat": "ˆ", "tilde": "˜", "bar": "¯"}
_TOKEN = re.compile(r"\\[A-Za-z]+|\S")
# An SVG painter drops glyph runs, and Qt 6.11 paints nothing of a raw font's glyphs over 64 device pixels.
_LARGEST_GLYPH = 60
_DIRECT = (QPaintEngine.Type.Raster, QPaintEngine.Type.OpenGL2, QPaintEngine.Type.Pdf)


class Glyph(Struct, frozen=True):
    """One glyph at one size, about the start of its base line."""

    run: QGlyphRun
    outline: QPainterPath
    box: QRectF
    advance: float


class Letters(Struct, frozen=True):
    """Letters as text at one size, from the start of their base line; `accent`, so called in TeX, is over the last."""

    at: QPointF
    text: str
    accent: str
    size: float


class SymbolLayout(Struct, frozen=True, dict=True):
    """A label laid out at one size: its width, its glyphs about the base line, and the same as text."""

    width: float
    glyphs: tuple[tuple[QPointF, Glyph], ...]
    letters: tuple[Letters, ...]

    @cached_property
    def path(self) -> QPainterPath:
        """The outlines of all glyphs."""
        whole = QPainterPath()
        for at, glyph in self.glyphs:
            whole.addPath(glyph.outline.translated(at))
        return whole


def paint_symbol(
    painter: QPainter,
    position: QPointF,
    symbol: str,
    superscript: str,
    size: float,
    colour: QColor,
) -> float:
    """Paint a label with its base line starting at `position`; return its width in the painter's units.

    `superscript` is shown as it stands: `(3)`, `(τ)`, `(t-1)`.
    """
    label = lay_out(symbol, superscript, size)
    device = painter.deviceTransform()
    on_device = size * max(abs(device.m11()), abs(device.m12()))
    if selectable(painter):
        _write(painter, position, label, colour)
    elif painter.paintEngine().type() in _DIRECT and on_device <= _LARGEST_GLYPH:
        painter.setPen(colour)
        for offset, glyph in label.glyphs:
            painter.drawGlyphRun(position + offset, glyph.run)
    else:
        painter.fillPath(label.path.translated(position), colour)
    return label.width


def _write(painter: QPainter, position: QPointF, label: SymbolLayout, colour: QColor) -> None:
    """As text, in plain letters, which are found and copied as such: slanted ones are those of an italic font."""
    painter.setPen(colour)
    for letters in label.letters:
        plain = normalize("NFKD", letters.text)
        font = QFont(TEXT_FAMILY)
        font.setItalic(plain != letters.text)
        font.setPixelSize(max(1, round(letters.size)))
        painter.setFont(font)
        painter.drawText(position + letters.at, normalize("NFC", plain + ACCENTS.get(letters.accent, "")))


def symbol_width(symbol: str, superscript: str = "", size: float = 14) -> float:
    """The width of a label in px at font size `size` px."""
    return lay_out(symbol, superscript, size).width


@lru_cache(maxsize=2048)
def lay_out(symbol: str, superscript: str, size: float) -> SymbolLayout:
    """Place the glyphs of a label. What is not understood of the symbol's TeX is shown as it is written."""
    atoms = list(_atoms(symbol))
    if superscript:
        if not atoms or atoms[-1].above:
            atoms.append(_Atom("", ""))
        atoms[-1] = _Atom(atoms[-1].text, atoms[-1].accent, atoms[-1].below, superscript)
    pen = _Pen()
    for atom in atoms:
        pen.write(atom, size, 0.0)
    return SymbolLayout(pen.x, tuple(pen.glyphs), tuple(pen.letters))


class _Atom(Struct, frozen=True):
    text: str
    accent: str
    below: str = ""
    above: str = ""


class _Pen:
    def __init__(self) -> None:
        self.x = 0.0
        self.glyphs: list[tuple[QPointF, Glyph]] = []
        self.letters: list[Letters] = []

    def write(self, atom: _Atom, size: float, y: float) -> None:
        font, start, under = raw_math_font(size), self.x, self.x
        if atom.text:
            self.letters.append(Letters(QPointF(start, y), atom.text, atom.accent, size))
        ink = QRectF(start, y - 0.45 * size, 0, 0.45 * size)
        for index in font.glyphIndexesForString(atom.text):
            glyph = _glyph(index, size)
            ink = glyph.box.translated(self.x, y)
            self.glyphs.append((QPointF(self.x, y), glyph))
            under = self.x + glyph.advance
            # Slanted capitals lean over their advance: what follows must not touch them.
            self.x = max(under, ink.right() + 0.02 * size)
        if atom.accent:
            glyph = _glyph(font.glyphIndexesForString(_OVER[atom.accent])[0], size)
            # Over the middle of the letter, moved with its slant.
            left = ink.center().x() + 0.05 * size - glyph.box.center().x()
            self.glyphs.append((QPointF(left, ink.top() - 0.09 * size - glyph.box.bottom()), glyph))
        after, right = self.x, self.x
        for script, shift, at in ((atom.below, _LOWER, under), (atom.above, -_RAISE, after)):
            # A subscript hangs under a slanted letter's overhang; a superscript clears it.
            self.x = at
            lift = min(0.0, ink.top() + 0.62 * size - y) if shift < 0 else 0.0
            lift -= _OVER_INDEX * size if shift < 0 and atom.below else 0.0
            for part in _atoms(script):
                self.write(part, size * SCRIPT, y + shift * size + lift)
            right = max(right, self.x)
        self.x = right


@lru_cache(maxsize=2048)
def _glyph(index: int, size: float) -> Glyph:
    font, run = raw_math_font(size), QGlyphRun()
    run.setRawFont(font)
    run.setGlyphIndexes([index])
    run.setPositions([QPointF(0, 0)])
    advance = font.advancesForGlyphIndexes([index])[0].x()
    return Glyph(run, font.pathForGlyph(index), font.boundingRect(index), advance)


def _atoms(tex: str) -> list[_Atom]:
    try:
        atoms, rest = _sequence(_TOKEN.findall(tex))
    except (IndexError, KeyError, ValueError):
        return [_Atom(tex, "")]
    return atoms if not rest else [_Atom(tex, "")]


def _sequence(tokens: list[str]) -> tuple[list[_Atom], list[str]]:
    atoms: list[_Atom] = []
    while tokens and tokens[0] != "}":
        token, *tokens = tokens
        if token in "_^":
            group, tokens = _group(tokens)
            last = atoms.pop() if atoms else _Atom("", "")
            below, above = (group, last.above) if token == "_" else (last.below, group)
            atoms.append(_Atom(last.text, last.accent, below, above))
        elif token == "{":
            inner, (_, *tokens) = _sequence(tokens)
            atoms += inner
        elif token[1:] in ACCENTS:
            group, tokens = _group(tokens)
            atoms.append(_Atom(_sequence(_TOKEN.findall(group))[0][0].text, token[1:]))
        elif token in ("\\mathrm", "\\text", "\\operatorname"):
            group, tokens = _group(tokens)
            atoms.append(_Atom(group, ""))
        elif token.startswith("\\"):
            atoms.append(_Atom(_command(token[1:]), ""))
        else:
            atoms.append(_Atom(_italic(token), ""))
    return atoms, tokens


def _group(tokens: list[str]) -> tuple[str, list[str]]:
    """The TeX of the next group or single token, without its braces, and the tokens after it."""
    if tokens[0] != "{":
        return tokens[0], tokens[1:]
    depth = 0
    for i, token in enumerate(tokens):
        depth += (token == "{") - (token == "}")
        if depth == 0:
            return "".join(tokens[1:i]), tokens[i + 1 :]
    raise IndexError("a brace is not closed")


def _command(name: str) -> str:
    """What a command stands for; KeyError if that is neither listed above nor a small Greek letter."""
    return _COMMANDS.get(name) or _italic(lookup(f"GREEK SMALL LETTER {name.upper()}"))


def _italic(character: str) -> str:
    """The mathematical italic form of a letter; anything else is upright, and a hyphen is a minus sign."""
    if character == "h":
        return "ℎ"  # the Planck constant: Unicode has it in place of an italic h
    if "a" <= character <= "z":
        return chr(0x1D44E + ord(character) - ord("a"))
    if "A" <= character <= "Z":
        return chr(0x1D434 + ord(character) - ord("A"))
    if "α" <= character <= "ω":
        return chr(0x1D6FC + ord(character) - ord("α"))
    return "−" if character == "-" else character
