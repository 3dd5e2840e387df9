"""Ask for files of weights: look which array of one goes where and take it, and save the weights that are shown."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.files.weights.reading import SUFFIXES
from explorer.files.weights.writing import write_weights
from explorer.session.loading import Loading, load
from explorer.session.session import Session
from explorer.ui.weights.dialog import WeightsDialog
from explorer.ui.window.documents import Do

FILES = f"Weights ({' '.join(f'*{suffix}' for suffix in SUFFIXES)});;All files (*)"
KINDS = {
    "safetensors, the book's names (*.safetensors)": (".safetensors", False),
    "safetensors, PyTorch's names (*.safetensors)": (".safetensors", True),
    "numpy, the book's names (*.npz)": (".npz", False),
    "numpy, PyTorch's names (*.npz)": (".npz", True),
}
"""The suffix of each kind of file, and whether its names are those of PyTorch."""


class WeightsFiles(QObject):
    """`done` says in a sentence what has become of a file."""

    done = Signal(str)

    def __init__(self, window: QWidget, session: Session, do: Do) -> None:
        super().__init__(window)
        self._window, self._session, self._do = window, session, do
        self.dialog: WeightsDialog | None = None

    def ask_and_open(self) -> None:
        """Ask for a file, and show what is in it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Weights from a file", "", FILES)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Show which array goes where; if the file holds none that fits, say why, and keep all as it is."""
        found: list[Loading] = []
        if self._do(lambda: found.append(load(path, self._session.document))):
            self.dialog = WeightsDialog(found[0], self._window)
            self.dialog.taken.connect(self._take)
            self.dialog.open_over(self._window)

    def _take(self, loading: Loading) -> None:
        session = self._session
        if self._do(lambda: session.take_weights(loading.parameters, loading.origin, loading.document)):
            self.done.emit(f"The graph shows the weights of {loading.file}; training begins with them.")

    def ask_and_save(self) -> None:
        """Ask for a file and under which names, and save the weights that are shown."""
        network = self._session.shown.architecture
        kinds = [kind for kind, (_, torch) in KINDS.items() if network.stacks or not torch]
        name, kind = QFileDialog.getSaveFileName(self._window, "Save the weights", "weights", ";;".join(kinds))
        if name:
            suffix, torch = KINDS.get(kind, (".npz", False))
            path = Path(name)
            self.save(path if path.suffix else path.with_name(path.name + suffix), torch)

    def save(self, path: Path, torch: bool) -> None:
        """Write the weights that are shown."""
        shown = self._session.shown
        if self._do(lambda: write_weights(path, shown.trace.parameters, shown.architecture, torch)):
            self.done.emit(f"Saved the weights as {path.name}.")
