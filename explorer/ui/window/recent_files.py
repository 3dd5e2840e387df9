"""Remember the files that were opened or saved last, and offer them in a menu."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from explorer.language import tr
from explorer.ui.kept import settings

MOST = 8


class RecentFiles:
    """Kept in the user's configuration, for all windows; the newest first."""

    @property
    def paths(self) -> list[Path]:
        """Those that are still there."""
        found = settings().value("recent")
        names = [found] if isinstance(found, str) else found if isinstance(found, list) else []
        return [Path(name) for name in names if isinstance(name, str) and _is_file(name)][:MOST]

    def note(self, path: Path) -> None:
        """Put a file first."""
        path = Path(path).absolute()
        rest = [other for other in self.paths if other != path]
        settings().setValue("recent", [str(one) for one in (path, *rest)][:MOST])

    def menu(self, window: QWidget, open_file: Callable[[Path], object]) -> QMenu:
        """A menu of them, filled anew whenever it is opened; it goes with the window."""
        menu = QMenu(tr("Open &recent"), window)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(lambda: self._fill(menu, open_file))
        return menu

    def _fill(self, menu: QMenu, open_file: Callable[[Path], object]) -> None:
        menu.clear()
        paths = self.paths
        for place, path in enumerate(paths, 1):
            alike = [other for other in paths if other.name == path.name]
            name = (
                path.name
                if len(alike) == 1
                else tr("{path}  in {parent}", path=path.name, parent=path.parent.name or path.parent)
            )
            action = menu.addAction(f"&{place}  {name.replace('&', '&&')}")
            action.setToolTip(str(path))
            action.triggered.connect(lambda _=False, path=path: open_file(path))
        if not paths:
            menu.addAction(tr("No file has been opened or saved yet")).setEnabled(False)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False
