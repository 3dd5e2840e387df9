"""Choose how fast training goes on before the eyes, while it runs or before."""

from PySide6.QtWidgets import QSizePolicy

from explorer.language import tr
from explorer.training.pace import PACES, Pace
from explorer.ui.parts.fields import Choice

TIP = tr(
    "How fast training goes on. Slow motion tells one iteration after another in the graph, event by event; slow "
    "makes {slow:g} iterations a second, normal {normal:g}, full as many as it can. No number depends on it. (< and >)",
    slow=PACES["slow"],
    normal=PACES["normal"],
)


TITLES: dict[Pace, str] = {
    "slow motion": tr("slow motion"),
    "slow": tr("slow pace"),
    "normal": tr("normal pace"),
    "full": tr("full pace"),
}


class PaceChoice(Choice):
    """`asked` carries a pace by its name."""

    def __init__(self) -> None:
        super().__init__(whole=True)
        self.fill((TITLES[pace], pace) for pace in PACES)
        self.setProperty("role", "flat")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("pace of training"))
        self.setToolTip(TIP)
