"""What the parts of the window have in common that show a document: they are told what is shown and how it is seen."""

from typing import Protocol

from explorer.session.document import Shown
from explorer.session.viewing import View


class Panel(Protocol):
    """A part of the window. It is told after every change, and works out anew only what differs."""

    def show_view(self, shown: Shown, view: View) -> None:
        """Show a document as this view says."""
