"""Keep how far a learner has come, for the next start."""

from collections.abc import Callable, Collection

from PySide6.QtCore import QSettings


class Progress:
    """In the user's configuration, for all windows."""

    def __init__(self, kept: Callable[[], QSettings]) -> None:
        self._kept = kept

    @property
    def done(self) -> frozenset[str]:
        """The ids of the pages that are complete."""
        found = self._kept().value("lessons/done")
        names = [found] if isinstance(found, str) else found if isinstance(found, list) else []
        return frozenset(name for name in names if isinstance(name, str))

    @property
    def at(self) -> str:
        """The id of the page that was open last; "" if none was."""
        found = self._kept().value("lessons/at")
        return found if isinstance(found, str) else ""

    def keep(self, done: Collection[str], at: str) -> None:
        """Keep both."""
        settings = self._kept()
        settings.setValue("lessons/done", sorted({*done} | self.done))
        settings.setValue("lessons/at", at)

    def may_offer(self) -> bool:
        """Whether lessons have never been offered; from now on they have been."""
        settings = self._kept()
        offered = settings.value("lessons/offered") is not None or bool(self.at)
        settings.setValue("lessons/offered", "yes")
        return not offered
