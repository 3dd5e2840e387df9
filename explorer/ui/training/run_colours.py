"""Give each run its colour: that of what was fed back while training, in shades where several were fed the same."""

from PySide6.QtGui import QColor

from explorer.graph.feedback import OWN_SIGNALS, get_feedback
from explorer.session.runs.runs import RunRecord
from explorer.ui.look.theme import Theme

_SHADES = (0.0, 0.42, -0.42, 0.6)
"""How far towards the text's colour (or, below zero, towards the ground's) the first four shades go."""


def run_colour(record: RunRecord, theme: Theme) -> QColor:
    """Green for targets, blue for the network's own output, between them for a mix, slate for nothing."""
    if record.colour is not None:
        return QColor(record.colour)
    if record.settings.feedback is None:
        return shaded(theme.parameter.line, record.shade, theme)
    feedback = get_feedback(record.settings.feedback)
    if feedback.own is None:
        return shaded(theme.target.line, record.shade, theme)
    line = blend(theme.target.line, theme.forward.line, 0.5) if feedback.mixed else theme.forward.line
    return shaded(line, record.shade + list(OWN_SIGNALS).index(feedback.own), theme)


def shaded(colour: QColor, shade: int, theme: Theme) -> QColor:
    """The colour itself as shade 0, and three more that can be told from it; then they repeat."""
    share = _SHADES[shade % len(_SHADES)]
    return blend(colour, theme.text if share > 0 else theme.surface, abs(share))


def blend(one: QColor, other: QColor, share: float) -> QColor:
    """A colour between two; `share` of the other."""
    parts = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(a + (b - a) * share) for a, b in parts))


def faded(colour: QColor, opacity: float) -> QColor:
    """The colour with this opacity, 0 to 1."""
    result = QColor(colour)
    result.setAlphaF(opacity)
    return result
