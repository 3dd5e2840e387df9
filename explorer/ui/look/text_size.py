"""How large text is, and with it all that is laid out around it: 80 to 200 % of the usual size.

Lengths are written as they are at the usual size. A widget that is laid out by Qt says them with `scaled`; one that
paints itself takes `painter_on` and `own_rect`, and so paints and is pointed at in px of the usual size throughout.
"""

import re
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QFont, QHelpEvent, QPainter, QSinglePointEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

SIZES = 80, 90, 100, 110, 125, 150, 175, 200
"""What can be chosen, in per cent."""
USUAL_SIZE, LARGEST = 100, 250
"""The size at first, and the largest that anything is shown in, in per cent."""

_LENGTH = re.compile(r"border(?!-radius|-[a-z]+-[a-z]+-radius)[^;]*|([0-9]+)px")
"""A border, which stays, or a length."""
_factor = 1.0
_kept: "WeakKeyDictionary[QObject, dict[str, tuple[Any, ...]]]" = WeakKeyDictionary()


def factor() -> float:
    """How many times as large as usual everything is."""
    return _factor


def px(length: float) -> int:
    """A length on the screen, of so many px at the usual size."""
    return round(length * _factor)


def usual(length: float) -> float:
    """How many px a length on the screen is at the usual size."""
    return length / _factor


def scaled(setter: Callable[..., object], *values: Any) -> None:
    """Set lengths, a font or a style sheet of a widget, `scaled(label.setFixedWidth, 80)`; again at each other size."""
    owner: QObject = setter.__self__  # type: ignore[attr-defined]
    _kept.setdefault(owner, {})[setter.__name__] = values
    setter(*map(_on_screen, values))


def set_factor(factor: float) -> None:
    """Make everything so many times as large as usual, when it is set next, or `renew` is called."""
    global _factor
    _factor = factor


def renew() -> None:
    """Set again all that was set by `scaled`: the size is another one, or a style sheet has taken a font back."""
    for owner, setters in list(_kept.items()):
        if isValid(owner):
            for name, values in setters.items():
                getattr(owner, name)(*map(_on_screen, values))


def sized(width: float, height: float) -> QSize:
    """A size on the screen, for a hint to a layout."""
    return QSize(px(width), px(height))


def painter_on(widget: QWidget, smooth: bool = False) -> QPainter:
    """A painter that paints on a widget in px of the usual size; `smooth`: with smooth edges."""
    painter = QPainter(widget)
    painter.scale(_factor, _factor)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
    return painter


def own_rect(widget: QWidget) -> QRectF:
    """What there is to paint on, in px of the usual size."""
    return QRectF(0.0, 0.0, widget.width() / _factor, widget.height() / _factor)


def pointer_at(event: QSinglePointEvent | QHelpEvent) -> QPointF:
    """Where on a widget the pointer is, in px of the usual size."""
    place = QPointF(event.pos()) if isinstance(event, QHelpEvent) else event.position()
    return place / _factor


def on_sheet(rect: QRectF) -> QRectF:
    """Px of a widget as its painter counts them."""
    return QRectF(rect.topLeft() / _factor, rect.size() / _factor)


def rect_on_screen(rect: QRectF) -> QRect:
    """The px of a widget in which something is painted."""
    return QRectF(rect.topLeft() * _factor, rect.size() * _factor).toAlignedRect()


def font_on_screen(font: QFont) -> QFont:
    """A font as large as it is on the screen."""
    larger = QFont(font)
    larger.setPixelSize(max(1, px(font.pixelSize())))
    return larger


def sheet_on_screen(sheet: str) -> str:
    """A style sheet with its lengths as they are on the screen; borders stay as thin as they are.

    With the focus a border is 1 px wider: lengths that are written for it are therefore 1 px less in every size.
    """

    def rule(match: re.Match[str]) -> str:
        less = int(":focus" in match[1])

        def length(match: re.Match[str]) -> str:
            return match[0] if match[1] is None else f"{px(int(match[1]) + less) - less}px"

        return f"{match[1]}{{{_LENGTH.sub(length, match[2])}}}"

    return re.sub(r"([^{}]*)\{([^{}]*)\}", rule, sheet)


def _on_screen(value: Any) -> Any:
    if isinstance(value, QFont):
        return font_on_screen(value)
    return sheet_on_screen(value) if isinstance(value, str) else px(value)
