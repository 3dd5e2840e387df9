"""Fields in which one of a few numbers is chosen; one that is none of them, from a file say, is offered as well."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from explorer.language import tr
from explorer.session.longterm.landscape import GAINS
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.one_of import COMPACT


class NumberChoice(Choice):
    """`text` writes a number, with {}. `asked` carries the number that was chosen."""

    asked = Signal(float)

    def __init__(self, numbers: Sequence[float], text: str, name: str, tip: str) -> None:
        super().__init__(whole=True)
        self._numbers, self._text = numbers, text
        scaled(self.setStyleSheet, COMPACT)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.activated.connect(lambda place: self.asked.emit(self.itemData(place)))

    def show_number(self, number: float) -> None:
        """Show which is chosen."""
        offered = sorted({*self._numbers, number})
        self.fill((self._text.format(f"{one:g}"), one) for one in offered)
        self.show_value(number)


def gain_choice() -> NumberChoice:
    """How much larger than they are the recurrent weights are taken."""
    tip = tr("How large the recurrent weights are taken, in this view alone")
    return NumberChoice(GAINS, "W × {}", tr("Recurrent weights"), tip)
