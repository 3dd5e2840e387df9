"""What the window keeps for its next start, in a file of the user's configuration."""

from PySide6.QtCore import QLocale, QSettings

from explorer.language import LANGUAGES, first_of


def settings() -> QSettings:
    """Where it is kept."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "rnn-explorer", "window")


def kept_language() -> str:
    """The code of the language that was chosen; "" for that of the system."""
    kept = settings().value("language")
    return kept if isinstance(kept, str) and kept in LANGUAGES else ""


def keep_language(code: str) -> None:
    """Keep a language that was chosen, "" for that of the system."""
    settings().setValue("language", code)


def language_at_start() -> str:
    """The code of the language that was chosen, else the first of the system's that can be spoken, else English."""
    return kept_language() or first_of(QLocale.system().uiLanguages())
