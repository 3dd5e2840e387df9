"""Ask for files of weights: look which array of one goes where and take it, and save the weights that are shown."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.files.weights.reading import SUFFIXES, read_pasted
from explorer.files.weights.writing import write_weights
from explorer.language import tr
from explorer.session.session import Session
from explorer.ui.window.asking import Do, FileUser, ask_where_and_as_what

if TYPE_CHECKING:
    from explorer.session.loading import Loading
    from explorer.ui.weights.dialog import WeightsDialog

_ENDINGS = " ".join(f"*{suffix}" for suffix in SUFFIXES)
FILES = tr("Weights ({endings});;All files (*)", endings=_ENDINGS)
KINDS = (
    tr("safetensors, the book's names (*.safetensors)"),
    tr("safetensors, PyTorch's names (*.safetensors)"),
    tr("numpy, the book's names (*.npz)"),
    tr("numpy, PyTorch's names (*.npz)"),
)
TORCH = KINDS[1::2]


class WeightsFiles(FileUser):
    """Weights, whose arrays are looked at in a dialog before they are taken."""

    def __init__(self, window: QWidget, session: Session, do: Do) -> None:
        super().__init__(window, session, do)
        self.dialog: WeightsDialog | None = None

    def ask_and_open(self) -> None:
        """Ask for a file, and show what is in it."""
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Weights from a file"), "", FILES)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Show which array goes where; if the file holds none that fits, say why, and keep all as it is."""
        from explorer.session.loading import load

        self._show(lambda: load(path, self._session.document))

    def read(self, text: str) -> None:
        """Show which of the arrays that a pasted text names goes where."""
        from explorer.session.loading import loaded

        self._show(lambda: loaded(read_pasted(text), tr("pasted text"), self._session.document))

    def _show(self, load: Callable[[], "Loading"]) -> None:
        found: list[Loading] = []
        if self._do(lambda: found.append(load())):
            from explorer.ui.weights.dialog import WeightsDialog

            self.dialog = WeightsDialog(found[0], self._window)
            self.dialog.taken.connect(self._take)
            self.dialog.open_over(self._window)

    def _take(self, loading: "Loading") -> None:
        session = self._session
        if self._do(lambda: session.take_weights(loading.parameters, loading.origin, loading.opened)):
            self.done.emit(tr("The graph shows the weights of {file}; training begins with them.", file=loading.file))

    def ask_and_save(self) -> None:
        """Ask for a file and under which names, and save the weights that are shown."""
        network = self._session.shown.architecture
        kinds = [kind for kind in KINDS if network.stacks or kind not in TORCH]
        asked = ask_where_and_as_what(self._window, tr("Save the weights"), "", "weights.safetensors", ";;".join(kinds))
        if asked is not None:
            path, kind = asked
            self.save(path, kind in TORCH)

    def save(self, path: Path, torch: bool) -> None:
        """Write the weights that are shown."""
        shown = self._session.shown
        if self._do(lambda: write_weights(path, shown.trace.parameters, shown.architecture, torch)):
            self.done.emit(tr("Saved the weights as {path}.", path=path.name))
