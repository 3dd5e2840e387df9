"""Choose how the application looks: light, dark, or as the system does, which it then follows."""

from typing import Literal, get_args

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from explorer.ui.look import theme as themes

Look = Literal["light", "dark", "system"]
LOOKS: tuple[Look, ...] = get_args(Look)


class Appearance(QObject):
    """The look of the whole application; made with the look that it has already. `chosen` carries another one."""

    chosen = Signal(str)

    def __init__(self, look: Look = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        application().styleHints().colorSchemeChanged.connect(self._follow)

    def choose(self, look: Look) -> None:
        """Put this look on."""
        self.look = look
        wear(look)
        self.chosen.emit(look)

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
    """Dress the application; widgets repaint only if that changes anything."""
    theme, app = theme_of(look), application()
    if app.styleSheet() == "" or theme is not themes.current():
        themes.apply(app, theme)


def application() -> QApplication:
    """The application, which must have been made."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
