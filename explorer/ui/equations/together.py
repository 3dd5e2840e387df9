"""View of the weights on one line of the drawing, such as those of a closed cell's gates: a link to each of them."""

from collections.abc import Sequence

from explorer.graph.architecture import Architecture
from explorer.graph.plain import plain
from explorer.language import tr
from explorer.ui.parts.widgets import Links
from explorer.ui.typography.indices import with_indices


class Together(Links):
    """One line of links; hidden where nothing else shares the line. `linkActivated` carries a parameter's name."""

    def __init__(self) -> None:
        super().__init__()
        self.hide()

    def show_names(self, architecture: Architecture, names: Sequence[str], chosen: str) -> None:
        """Lead to each of these parameters but the one that is chosen already."""
        self.setVisible(len(names) > 1)

        def written(name: str) -> str:
            symbol = with_indices(plain(architecture.parameter(name).symbol))
            return f"<b>{symbol}</b>" if name == chosen else f'<a href="{name}">{symbol}</a>'

        self.setText(tr("On one line of the drawing: {names}", names=" · ".join(map(written, names))))
