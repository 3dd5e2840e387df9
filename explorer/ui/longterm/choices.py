"""Fields in which one of a few numbers is chosen; one that is none of them, from a file say, is offered as well."""

from collections.abc import Sequence

from explorer.language import tr
from explorer.session.longterm.landscape import GAINS
from explorer.ui.parts.named_choice import NamedChoice


class NumberChoice(NamedChoice):
    """`text` writes a number, with {}."""

    def __init__(self, numbers: Sequence[float], text: str, name: str, tip: str) -> None:
        super().__init__(name, tip, whole=True)
        self._numbers, self._text = numbers, text

    def show_number(self, number: float) -> None:
        """Show which is chosen."""
        offered = sorted({*self._numbers, number})
        self.fill((self._text.format(f"{one:g}"), one) for one in offered)
        self.show_value(number)


def gain_choice() -> NumberChoice:
    """How much larger than they are the recurrent weights are taken."""
    tip = tr("How large the recurrent weights are taken, in this view alone")
    return NumberChoice(GAINS, "W × {}", tr("Recurrent weights"), tip)
