"""Say in a plot how high the curves go beyond its axis."""

from PySide6.QtWidgets import QToolButton

from explorer.language import tr
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.themed_plot import ThemedPlot
from explorer.ui.typography.numbers import figures


class BeyondTag(QToolButton):
    """Hidden where the axis holds everything."""

    def __init__(self, plot: ThemedPlot) -> None:
        super().__init__(plot)
        self._plot = plot
        scaled(self.setFont, ui_font(11))
        self.setToolTip(tr("The axis ends below this; a logarithmic one shows all of it"))
        self.hide()

    def say(self, highest: float) -> None:
        """Name the highest value that is drawn beyond the axis."""
        self.setText(tr("↑ up to {highest} · a log axis shows all", highest=figures(highest, 2)))
        self.adjustSize()
        frame = self._plot.box.sceneBoundingRect()
        corner = self._plot.mapFromScene(frame.topLeft())
        self.move(corner.x() + round((frame.width() - self.width()) / 2), corner.y() + 2)
        self.show()
