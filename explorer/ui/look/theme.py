"""Choose the light or the dark look and dress the application in it; one colour, one meaning, everywhere."""

from typing import TYPE_CHECKING, Literal, NamedTuple
from weakref import WeakSet

from PySide6 import QtCore
from PySide6.QtCore import QDir
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from explorer.resources import resource
from explorer.ui.look import fonts
from explorer.ui.look.diverging import DivergingMap
from explorer.ui.look.stylesheet import stylesheet
from explorer.ui.look.text_size import font_on_screen, renew, sheet_on_screen

if TYPE_CHECKING:  # a window is painted in its colours before these are made
    from PySide6.QtGui import QGradient, QPainter, QPen

RoleName = Literal["forward", "backward", "target", "loss", "parameter"]
MapName = Literal["value", "gradient"]


class Shades(NamedTuple):
    """Shades of one meaning: `line` for strokes, fills; `text` for words (contrast ≥ 4.5); `soft` for grounds."""

    line: QColor
    text: QColor
    soft: QColor


class Theme(NamedTuple):  # a Struct would bring msgspec in before the first paint, a ninth of the time until then
    """All colours of one look. Roles are DESIGN's meanings; spacing and radii are module constants."""

    name: Literal["light", "dark"]
    window: QColor  # behind panels: side bars, menu bar, status bar
    surface: QColor  # canvas, fields, cards; the zero of both diverging maps
    raised: QColor  # menus, tool tips, buttons
    sunken: QColor  # pressed buttons, tracks
    border: QColor
    strong_border: QColor
    text: QColor
    muted: QColor
    faint: QColor  # decoration only: too pale for text
    grid: QColor  # between cells
    shadow: QColor
    marker: QColor  # behind what differs from the graph beside, as a text marker lays it
    forward: Shades
    backward: Shades
    target: Shades
    loss: Shades
    parameter: Shades
    value: DivergingMap
    gradient: DivergingMap

    def role(self, name: RoleName) -> Shades:
        """The shades of a meaning; KeyError for a name that is none."""
        roles: dict[str, Shades] = {
            "forward": self.forward,
            "backward": self.backward,
            "target": self.target,
            "loss": self.loss,
            "parameter": self.parameter,
        }
        return roles[name]

    def map(self, name: MapName) -> DivergingMap:
        """The diverging map for values (blue below zero, ochre above) or gradients (violet, vermillion)."""
        return self.value if name == "value" else self.gradient


SPACE = 8
"""Distance between neighbouring things in px; half and double of it are the only others."""
RADIUS = 6
"""Corner radius of cards and nodes in px."""
TEXT_SIZE, SMALL_SIZE, TITLE_SIZE = 13, 11, 15
"""Sizes of running text, of notes and of titles in px."""


def faded(colour: QColor, opacity: float) -> QColor:
    """The colour with this part, 0 to 1, of its opacity."""
    copy = QColor(colour)
    copy.setAlphaF(colour.alphaF() * opacity)
    return copy


def draw_with(painter: "QPainter", line: "QPen | QColor | None", ground: "QColor | QGradient | None") -> None:
    """Draw outlines with this line from now on, and fill with this ground; None for none."""
    painter.setPen(QtCore.Qt.PenStyle.NoPen if line is None else line)
    painter.setBrush(QtCore.Qt.BrushStyle.NoBrush if ground is None else ground)


def _role(line: str, text: str, soft: str) -> Shades:
    return Shades(QColor(line), QColor(text), QColor(soft))


LIGHT = Theme(
    name="light",
    window=QColor("#f5f6f9"),
    surface=QColor("#ffffff"),
    raised=QColor("#ffffff"),
    sunken=QColor("#e9ecf1"),
    border=QColor("#d9dde3"),
    strong_border=QColor("#aeb5c0"),
    text=QColor("#1f2430"),
    muted=QColor("#5d6573"),
    faint=QColor("#9aa2af"),
    grid=QColor("#c6cbd3"),
    shadow=QColor(31, 36, 48, 38),
    marker=QColor("#ffe45c"),
    forward=_role("#0072b2", "#00639c", "#e5f1f9"),
    backward=_role("#d55e00", "#ae4700", "#fdf1e7"),
    target=_role("#009e73", "#00714f", "#e3f5ef"),
    loss=_role("#c66e9f", "#9a3d72", "#f9edf4"),  # of Okabe and Ito, darker: theirs has 2.7 : 1 on its own ground
    parameter=_role("#5b6270", "#474e5c", "#eceff3"),
    value=DivergingMap(
        negative=("#a6c6e6", "#3d7dbd", "#0a4c8e"),
        zero="#ffffff",
        positive=("#f1d09d", "#cb8a35", "#8f5205"),
        missing="#b9bec8",
    ),
    gradient=DivergingMap(
        negative=("#cdb8e6", "#8b5fc0", "#572b92"),
        zero="#ffffff",
        positive=("#fabd9a", "#e0702e", "#a83a00"),
        missing="#b9bec8",
    ),
)

DARK = Theme(
    name="dark",
    window=QColor("#14171c"),
    surface=QColor("#1b1f26"),
    raised=QColor("#242a33"),
    sunken=QColor("#0f1216"),
    border=QColor("#343b47"),
    strong_border=QColor("#566070"),
    text=QColor("#e7eaf0"),
    muted=QColor("#a0a9b7"),
    faint=QColor("#697384"),
    grid=QColor("#434b59"),
    shadow=QColor(0, 0, 0, 120),
    marker=QColor("#94820f"),
    forward=_role("#3d97e0", "#6dbaf0", "#162a3b"),
    backward=_role("#ef772c", "#ff9a58", "#382417"),
    target=_role("#2cc79a", "#40d1a5", "#12302a"),
    loss=_role("#e7a0ca", "#efb3d5", "#35222e"),
    parameter=_role("#8792a4", "#b5becb", "#272d37"),
    value=DivergingMap(
        negative=("#254a72", "#428cd2", "#90caff"),
        zero="#1b1f26",
        positive=("#62451d", "#cb8c30", "#ffca76"),
        missing="#5a6270",
    ),
    gradient=DivergingMap(
        negative=("#46326b", "#8d63d2", "#cbacff"),
        zero="#1b1f26",
        positive=("#663217", "#de6b29", "#ffa874"),
        missing="#5a6270",
    ),
)

_current = LIGHT
_dressed: "WeakSet[QWidget]" = WeakSet()


def current() -> Theme:
    """The theme that `apply` put on last. Widgets read it when they paint, or at a PaletteChange event."""
    return _current


def system_theme() -> Theme:
    """The theme that the desktop asks for; light where it has no opinion."""
    # Not imported above: `Qt` is made when first named, for a tenth of the time until the first paint.
    dark = QGuiApplication.styleHints().colorScheme() == QtCore.Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def apply(app: QApplication, theme: Theme) -> None:
    """Put a theme on: fonts, Fusion style, palette, and the style sheet of all that is dressed.

    Every widget gets a PaletteChange.
    """
    global _current
    _current = theme
    app.setProperty("theme", theme.name)
    fonts.load()
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setFont(font_on_screen(fonts.ui_font(TEXT_SIZE)))
    app.setPalette(_palette(theme))
    for window in list(_dressed):
        if isValid(window):
            _wear_sheet(window)
    renew()


def dress(window: QWidget) -> None:
    """Have a window and all in it wear the style sheet of the theme, this one and each that is put on later.

    Best done once all is in it. It is not the application's sheet, with which each widget would be styled anew, and
    all that is in it, whenever it is put into another: a window would take three times as long to make.
    """
    if window not in _dressed:
        _dressed.add(window)
        _wear_sheet(window)


def _wear_sheet(window: QWidget) -> None:
    QDir.setSearchPaths("icons", [str(resource("icons"))])
    window.setStyleSheet(sheet_on_screen(stylesheet(_current)))


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    white = QColor("#ffffff") if theme.name == "light" else QColor("#0d1117")
    for role, colour in {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.surface,
        QPalette.ColorRole.AlternateBase: theme.window,
        QPalette.ColorRole.ToolTipBase: theme.raised,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.raised,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.backward.text,
        QPalette.ColorRole.Light: theme.raised,
        QPalette.ColorRole.Midlight: theme.border,
        QPalette.ColorRole.Mid: theme.border,
        QPalette.ColorRole.Dark: theme.strong_border,
        QPalette.ColorRole.Shadow: theme.shadow,
        QPalette.ColorRole.Highlight: theme.forward.line,
        QPalette.ColorRole.Accent: theme.forward.line,
        QPalette.ColorRole.HighlightedText: white,
        QPalette.ColorRole.Link: theme.forward.text,
        QPalette.ColorRole.LinkVisited: theme.loss.text,
    }.items():
        palette.setColor(role, colour)
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.faint)
    return palette
