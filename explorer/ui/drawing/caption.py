"""Paint what happens now, in one sentence on the colour of its phase."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen, QTextDocument

from explorer.graph.analyse.events import Event, Phase
from explorer.ui.look import fonts
from explorer.ui.look.theme import RADIUS, SMALL_SIZE, TEXT_SIZE, RoleName, Theme, draw_with
from explorer.ui.typography.indices import with_indices

CAPTION_HEIGHT = 44
"""Room for two lines, in px."""
NARROW_HEIGHT = 58
"""For three or four, where they are short."""
MARGIN = 14
PADDING = 10
ROLES: dict[Phase, RoleName] = {
    Phase.FORWARD: "forward",
    Phase.LOSS: "loss",
    Phase.BACKWARD: "backward",
    Phase.UPDATE: "parameter",
}


def role_of(event: Event | None) -> RoleName:
    """The colour of an event; before the first, that of the parameters, which are all there is."""
    return ROLES[event.phase] if event else "parameter"


def paint_caption(
    painter: QPainter, area: QRectF, text: str, role: RoleName, theme: Theme, right: float = PADDING
) -> None:
    """Paint the sentence in a tinted box that fills the area but for a margin; `right` is kept free in the box."""
    shades = theme.role(role)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = area.adjusted(MARGIN, 2.5, -MARGIN, -4.5)
    draw_with(painter, QPen(shades.line, 1), shades.soft)
    painter.drawRoundedRect(box, RADIUS, RADIUS)
    room = box.adjusted(PADDING, 0, -right, 0)
    sentence = _sentence(text, room, theme)
    painter.save()
    painter.translate(room.left(), room.center().y() - sentence.size().height() / 2)
    sentence.drawContents(painter)
    painter.restore()


def _sentence(text: str, room: QRectF, theme: Theme) -> QTextDocument:
    """The sentence laid out for this room: a long one in a narrow window is written smaller rather than cut."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    for size in (TEXT_SIZE, SMALL_SIZE, SMALL_SIZE - 2, SMALL_SIZE - 3):
        document.setDefaultFont(fonts.ui_font(size))
        document.setHtml(f'<span style="color: {theme.text.name()}">{with_indices(text)}</span>')
        document.setTextWidth(room.width())
        if document.size().height() <= room.height():
            break
    return document
