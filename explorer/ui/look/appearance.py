"""Choose how the application looks, light, dark, or as the system does, which it then follows; and how large."""

from typing import Literal, get_args

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from explorer.ui.look import text_size
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import LARGEST, SIZES
from explorer.ui.screen import qt_application

Look = Literal["light", "dark", "system"]
LOOKS: tuple[Look, ...] = get_args(Look)


class Appearance(QObject):
    """The look of the whole application and the size of its text; made with those that it has already.

    `chosen` carries another look, `resized` another size, in per cent.
    """

    chosen = Signal(str)
    resized = Signal(int)

    def __init__(self, look: Look = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.text = round(100 * text_size.factor())
        """The size of text that was chosen, in per cent."""
        self._least = 0.0
        qt_application().styleHints().colorSchemeChanged.connect(self._follow)

    def choose(self, look: Look) -> None:
        """Put this look on."""
        self.look = look
        wear(look)
        self.chosen.emit(look)

    def choose_text(self, percent: int) -> None:
        """Make text so large; out of what can be chosen, the next."""
        self.text = min(max(percent, SIZES[0]), SIZES[-1])
        self._resize()
        self.resized.emit(self.text)

    def step_text(self, way: int) -> None:
        """Make text larger (1) or smaller (−1) by one of the sizes that can be chosen."""
        beyond = [size for size in SIZES[::way] if way * size > way * self.text]
        if beyond:
            self.choose_text(beyond[0])

    def enlarge(self, least: float) -> None:
        """Show text at least so many times as large as usual, until it is 0: those who look are further away."""
        self._least = least
        self._resize()

    def _resize(self) -> None:
        factor = min(max(self.text / 100, self._least), LARGEST / 100)
        if factor != text_size.factor():
            text_size.set_factor(factor)
            themes.apply(qt_application(), themes.current())
            lay_out_anew()

    def _follow(self) -> None:
        owner = self.parent()
        # A window that is closed has no say any more, though it may not be deleted yet.
        closed = isinstance(owner, QWidget) and not owner.isVisible()
        if self.look == "system" and not closed:
            wear("system")


def look_named(name: object) -> Look:
    """The look of this name; that of the system for any other."""
    return next((look for look in LOOKS if look == name), "system")


def theme_of(look: Look) -> themes.Theme:
    """The theme that a look is at this moment."""
    return {"light": themes.LIGHT, "dark": themes.DARK}.get(look) or themes.system_theme()


def wear(look: Look) -> None:
    """Put a look on; widgets repaint only if that changes anything."""
    theme, app = theme_of(look), qt_application()
    if app.property("theme") != theme.name:
        themes.apply(app, theme)


def lay_out_anew() -> None:
    """Have everything laid out again, also what is in a width that is as before."""
    for widget in qt_application().allWidgets():
        widget.updateGeometry()
        qt_application().sendEvent(widget, QResizeEvent(widget.size(), widget.size()))
