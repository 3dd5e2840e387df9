"""Write short texts with mathematics in them: painted titles, and labels with raised steps."""

import re
import unicodedata

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.graph.plain import ACCENT_NAMES
from explorer.language import tr
from explorer.ui.look import fonts
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import own_rect, painter_on, sized
from explorer.ui.typography.indices import lowered
from explorer.ui.typography.symbols import lay_out, paint_symbol
from explorer.wording import RAISED

_BELOW = "(?:_[A-Za-z]+[0-9]*|[₀-₉]+)?"
_LETTER = rf"[^\W\d_][{''.join(ACCENT_NAMES)}]?"
_NODE = rf"(?<![A-Za-z_])(?P<node>{_LETTER}{_BELOW})\((?P<step>−?\d+|t|τ)\)"
_PLACES = "|".join(re.escape(at.partition(" {")[0]) for at in (tr("at step {t}"), tr("at node {t}"), tr("at the root")))
_MATH = re.compile(
    rf"{_NODE}|(?P<nabla>∇)|(?P<start>^(?:{_LETTER}{_BELOW})(?= (?:{_PLACES})\b))"
    rf"|(?P<alone>(?<=\s)[A-Zbcα-ω]{_BELOW}$)"
)
_LEVEL = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
TITLE_SIZE = 15.0


def written(text: str) -> str:
    """What a label is given to say: steps raised and indices lowered, as HTML where there are some of these."""
    return lowered(raised(text))


def raised(text: str) -> str:
    """The text with the step of each node raised: h(4) becomes h⁽⁴⁾. For labels, whose font has no ∇."""
    return re.sub(_NODE, lambda m: m["node"] + (f"({m['step']})".translate(RAISED) if m["step"][-1].isdigit() else
                                                f"({m['step']})"), text)  # fmt: skip


class Title(QWidget):
    """One line of bold text in which nodes, parameters and ∇ are set as mathematics."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        """What it says."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Say something else."""
        self.text = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        return sized(160, 26)

    def minimumSizeHint(self) -> QSize:
        return sized(60, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = themes.current()
        painter = painter_on(self, smooth=True)
        pieces = list(self._pieces())
        scale = min(1.0, own_rect(self).width() / max(1.0, sum(width for *_, width in pieces)))
        painter.scale(scale, scale)
        x, y = 0.0, 19.0 / scale
        font = fonts.ui_font(TITLE_SIZE, QFont.Weight.DemiBold)
        for symbol, superscript, word, width in pieces:
            if word:
                painter.setFont(font)
                painter.setPen(theme.text)
                painter.drawText(QPointF(x, y), word)
            else:
                paint_symbol(painter, QPointF(x, y), symbol, superscript, TITLE_SIZE * 1.15, theme.text)
            x += width

    def _pieces(self) -> list[tuple[str, str, str, float]]:
        """Symbol and superscript, or a word, each with its width."""
        metrics = QFontMetricsF(fonts.ui_font(TITLE_SIZE, QFont.Weight.DemiBold))
        found: list[tuple[str, str, str, float]] = []
        at = 0
        for match in [*_MATH.finditer(self.text), None]:
            word = self.text[at : match.start() if match else None]
            if word:
                found.append(("", "", word, metrics.horizontalAdvance(word)))
            if match is not None:
                name = match["node"] or match["start"] or match["alone"]
                symbol = _tex(name) if name else r"\nabla"
                superscript = f"({match['step']})" if match["step"] else ""
                width = lay_out(symbol, superscript, TITLE_SIZE * 1.15).width + 1
                found.append((symbol, superscript, "", width))
                at = match.end()
        return found


def _tex(name: str) -> str:
    """The TeX of a symbol that is written as plain text: h_1 for h₁, W_{xi} for W_xi, \\tilde{s}_{1} for s̃₁."""
    plain, low, below = name.partition("_")
    if not low:
        plain = name.rstrip("₀₁₂₃₄₅₆₇₈₉")
        below = name[len(plain) :].translate(_LEVEL)
    plain = unicodedata.normalize("NFD", plain)
    letter, accent = plain[:1], plain[1:]
    if "α" <= letter <= "ω":
        letter = rf"\{unicodedata.name(letter).rpartition(' ')[2].lower()}"
    if accent:
        letter = rf"\{ACCENT_NAMES[accent]}{{{letter}}}"
    return letter + (f"_{{{below}}}" if below else "")
