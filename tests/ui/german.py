"""Print what the window does not show whole, and what it says in English; to be run with RNN_EXPLORER_LANGUAGE=de.

Many texts are constants of their modules, so another language needs a process of its own.
"""

import re
from collections.abc import Iterator

from PySide6.QtCore import QElapsedTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from tests.settings import FOUR
from tests.ui.geometry import faults

SIZES = {100: (1024, 640), 150: (1440, 900)}
"""Of the window, by how large the text is in per cent."""
DIALOGS = ("own_data", "export", "keys", "glossary", "book", "nudge")
SETTLED = 3000
"""Milliseconds in which a layout must have come to rest."""
ENGLISH = re.compile(r"\b(the|of|and|with|is|are|not|gradient|loss|weight|weights|target|output)\b")
PROPERTIES = ("text", "toolTip", "accessibleName", "windowTitle", "placeholderText", "title")


def said(top: QWidget) -> Iterator[str]:
    """All that a window says to eyes and ears, also where it is hidden now."""
    for thing in (top, *top.findChildren(QWidget), *top.actions()):
        texts = [thing.property(name) for name in PROPERTIES]
        if isinstance(thing, QComboBox):
            texts += [thing.itemText(index) for index in range(thing.count())]
        yield from (text for text in texts if isinstance(text, str))


def settled(top: QWidget) -> list[str]:
    """What is still wrong with a window once it has had time."""
    clock = QElapsedTimer()
    clock.start()
    while (found := faults(top)) and clock.elapsed() < SETTLED:
        QTest.qWait(20)
    return found


def main() -> None:
    from explorer.session.view.cards import CARDS
    from explorer.ui.look import theme
    from explorer.ui.screen import qt_application
    from explorer.ui.window.main_window import MainWindow

    app = qt_application()
    theme.apply(app, theme.LIGHT)
    window = MainWindow(look="light")
    window.show()
    window.training.build()
    english: set[str] = set()

    def look_at(top: QWidget, where: str) -> None:
        QApplication.processEvents()
        english.update(text for text in said(top) if ENGLISH.search(text))
        for fault in settled(top):
            print(f"{where}: {fault}")

    for text, size in SIZES.items():
        window.perform(f"text_{text}")
        window.resize(*size)
        for architecture in FOUR:
            window.perform("change", architecture=architecture)
            for share in (0.0, 0.6, 0.95):
                window.perform("go_to", cursor=round(share * len(window.session.shown.events)))
                look_at(window, f"{text} %, {architecture}, {share:.0%}")
        window.perform("learn")
        look_at(window, f"{text} %, lessons")
        window.perform("learn")
        for card in CARDS:
            window.training.views.turn_to(card)
            look_at(window, f"{text} %, {card}")
        for name in DIALOGS:
            window.perform(name)
            QTest.qWait(1)
            for top in QApplication.topLevelWidgets():
                if top is not window and top.isVisible():
                    look_at(top, f"{text} %, {name}")
                    top.close()
    print(*(f"English: {text}" for text in sorted(english)), sep="\n", end="")
    window.setProperty("unasked", True)
    window.close()


if __name__ == "__main__":
    main()
