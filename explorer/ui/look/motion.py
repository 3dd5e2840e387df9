"""Ask the system whether things may move before the eyes: motion makes some people ill, who have it turned off."""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication

PORTAL = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings"
WAIT_MS = 300
"""How long the desktop may take to answer."""
STILL: tuple[tuple[str, str, Callable[[float], bool]], ...] = (
    ("org.freedesktop.appearance", "reduced-motion", lambda value: value == 1),
    ("org.gnome.desktop.interface", "enable-animations", lambda value: value == 0),
    ("org.kde.kdeglobals.KDE", "AnimationDurationFactor", lambda value: value == 0),
)
"""Settings of desktops on Linux, and which values of them ask for no motion."""
CLIENT_AREA_ANIMATION = 0x1042
"""The parameter of Windows' SystemParametersInfo: whether what is in windows is animated."""


def system_moves() -> bool:
    """Whether the system has nothing against motion; so too where it cannot be asked."""
    hints = getattr(QGuiApplication.styleHints(), "accessibility", None)  # since Qt 6.10
    preference = getattr(hints(), "motionPreference", None) if hints is not None else None  # since Qt 6.12
    if preference is not None:
        return getattr(preference(), "name", "") != "ReducedMotion"
    if sys.platform == "win32":
        return _windows_moves()
    if sys.platform == "darwin":
        file = Path.home() / "Library" / "Preferences" / "com.apple.universalaccess.plist"
        return not QSettings(str(file), QSettings.Format.NativeFormat).value("reduceMotion", False, bool)
    return desktop_moves(ask_portal)


def desktop_moves(ask: Callable[[str, str], object]) -> bool:
    """What a desktop on Linux says: `ask` takes a namespace and a key and gives the value, None for none."""
    for namespace, key, still in STILL:
        with suppress(TypeError, ValueError):
            if still(float(ask(namespace, key))):  # type: ignore[arg-type]
                return False
    return True


def ask_portal(namespace: str, key: str) -> object:
    """The value of a setting of the desktop; None if there is none, or nobody to ask."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return None
    call = QDBusMessage.createMethodCall(*PORTAL, "Read")
    call.setArguments([namespace, key])
    answer = bus.call(call, timeout=WAIT_MS)
    value = answer.arguments()[0] if answer.type() == QDBusMessage.MessageType.ReplyMessage else None
    while isinstance(value, QDBusVariant):
        value = value.variant()
    return value


def _windows_moves() -> bool:
    import ctypes

    moves = ctypes.c_int(1)
    library = getattr(ctypes, "windll").user32  # noqa: B009 - other systems' type stubs do not know it
    library.SystemParametersInfoW(CLIENT_AREA_ANIMATION, 0, ctypes.byref(moves), 0)
    return bool(moves.value)
