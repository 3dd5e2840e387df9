"""Say at the top of a plot that a curve goes on beyond its axis, how far, and that a logarithmic one would hold it."""

from PySide6.QtWidgets import QToolButton

from explorer.ui.look.fonts import ui_font
from explorer.ui.parts.themed_plot import ThemedPlot
from explorer.ui.typography.numbers import figures


class BeyondTag(QToolButton):
    """Hidden where the axis holds everything."""

    def __init__(self, plot: ThemedPlot) -> None:
        super().__init__(plot)
        self._plot = plot
        self.setFont(ui_font(11))
        self.setToolTip("The axis ends below this; a logarithmic one shows all of it")
        self.hide()

    def say(self, highest: float) -> None:
        """Name the highest value that is drawn beyond the axis."""
        self.setText(f"↑ up to {figures(highest, 2)} · a log axis shows all")
        self.adjustSize()
        frame = self._plot.box.sceneBoundingRect()
        corner = self._plot.mapFromScene(frame.topLeft())
        self.move(corner.x() + round((frame.width() - self.width()) / 2), corner.y() + 2)
        self.show()
