"""Read above the curves by when each run had learned, and how much of it is right on its own output."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.language import tr
from explorer.session.runs.bundles import Bundle
from explorer.session.runs.learning import CRITERION, learning
from explorer.session.runs.names import names_in_view
from explorer.session.runs.verdict import percent
from explorer.training.problem import task_of
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import number_font, ui_font
from explorer.ui.look.text_size import own_rect, painter_on, scaled, sized
from explorer.ui.training.run_style import run_colour
from explorer.ui.typography.numbers import count

MOST = 3
"""Runs that are counted at most: of more, nothing could be read."""
HEIGHT, DOT, GAP = 18, 14.0, 10.0
Words = Sequence[str]
"""What is said, as it is and strong in turn: words, a number, words, a number."""


class Counters(QWidget):
    """A column for each run in view; hidden before the first judgement."""

    def __init__(self) -> None:
        super().__init__()
        self._bundles: Sequence[Bundle] = ()
        self._at: float | None = None
        self._said: list[tuple[Bundle, list[Words]]] = []
        scaled(self.setFixedHeight, HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip(CRITERION)
        self.hide()

    def set_bundles(self, bundles: Sequence[Bundle]) -> None:
        """Count of these, the first MOST of them."""
        self._bundles = bundles[:MOST]
        self.refresh()

    def set_iteration(self, at: float | None) -> None:
        """Say how much is right at the judgement nearest to an iteration; None: at the newest."""
        self._at = at
        self.refresh()

    def refresh(self) -> None:
        """Bring the numbers up to date."""
        names = names_in_view(self._bundles)
        said = [(bundle, words) for bundle in self._bundles if (words := _words(bundle, names[bundle.id], self._at))]
        if [words for _, words in said] != [words for _, words in self._said] or len(said) != len(self._said):
            self.setAccessibleName("; ".join("".join(words[0]) for _, words in said))
        self._said = said
        self.setVisible(bool(said))
        self.update()

    @property
    def text(self) -> str:
        """All that can be read, in full."""
        return self.accessibleName()

    def sizeHint(self) -> QSize:
        return sized(200, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._said:
            return
        painter, theme = painter_on(self, smooth=True), themes.current()
        fonts = ui_font(12), number_font(14, QFont.Weight.Bold)
        room = own_rect(self).width() / len(self._said)
        tier = max(_tier(words, room - DOT - GAP, fonts) for _, words in self._said)
        for place, (bundle, words) in enumerate(self._said):
            x, middle = place * room, own_rect(self).height() / 2
            themes.draw_with(painter, None, run_colour(bundle.first, theme))
            painter.drawEllipse(QPointF(x + 4, middle), 4, 4)
            x += DOT
            for strong, part in enumerate(words[tier]):
                painter.setFont(fonts[strong % 2])
                painter.setPen(theme.text if strong % 2 else theme.muted)
                width = QFontMetricsF(fonts[strong % 2]).horizontalAdvance(part)
                painter.drawText(QRectF(x, 0, width + 2, own_rect(self).height()), Qt.AlignmentFlag.AlignVCenter, part)
                x += width


def _tier(words: list[Words], room: float, fonts: tuple[QFont, QFont]) -> int:
    """The place of the longest words for which there is room; the last, if there is for none."""
    widths = [QFontMetricsF(font) for font in fonts]
    for place, parts in enumerate(words):
        if sum(widths[strong % 2].horizontalAdvance(part) for strong, part in enumerate(parts)) <= room:
            return place
    return len(words) - 1


def _words(bundle: Bundle, name: str, at: float | None) -> list[Words]:
    """What is said of a run, the longest words first; nothing before it is judged."""
    found = learning(bundle, at)
    if found is None:
        return []
    settings = bundle.first.settings
    if found.learned is not None:
        iteration = count(found.learned)
        when, shorter = (tr("learned by iteration "), iteration), (tr("learned by "), iteration)
        shortest = shorter
    elif task_of(settings).entropy_floor(settings.length):
        # What is chance will not be learned later either.
        when = shorter = shortest = (tr("part of it is chance"), "")
    else:
        when = shorter = (tr("not learned yet"), "")
        shortest = (tr("not learned"), "")
    fed_back = bundle.first.takes_feedback
    alone, alone_short = (tr(" on its own output"), tr(" on its own")) if fed_back else ("", tr(" right"))
    rest = bundle.first.kind.metric.said.bare.format(share="").strip()
    share = percent(found.own)
    # Whose number it is goes before the rest: else its colour alone would tell.
    named: Words = (f"{name}: {shortest[0]}", shortest[1], ", ", share)
    if found.learned is None:
        named = (f"{name}: ", share, alone_short)
    return [
        (f"{name}: {when[0]}", when[1], ", ", share, f" {rest}{alone}"),
        (f"{name}: {shorter[0]}", shorter[1], ", ", share, alone_short),
        named,
        (f"{name}: ", share),
        (*when, ", ", share, f" {rest}{alone}"),
        (*shorter, ", ", share, alone_short),
        (*shortest, ", ", share),
    ]
