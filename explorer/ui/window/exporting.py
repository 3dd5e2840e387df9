"""Export what is shown: ask what as, save it or put it on the clipboard; copy the equation that is shown."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QProgressDialog, QWidget

from explorer.errors import ExplorerError
from explorer.export.format import Draw, ExportKind, Material, Options, of_shown
from explorer.graph.equation import Equation
from explorer.language import tr
from explorer.reading.array import write_array
from explorer.session.document import Shown
from explorer.session.session import Session
from explorer.session.view.view_state import ViewState
from explorer.session.viewing import View
from explorer.ui.look import theme as themes
from explorer.ui.window.asking import ask_where

if TYPE_CHECKING:
    from explorer.ui.exporting.dialog import ExportDialog


class Exporting(QObject):
    """`done` says in a sentence what has become of what was exported. `drawn`: the graphs, and what each is called."""

    done = Signal(str)

    def __init__(self, window: QWidget, session: Session, drawn: Callable[[], Sequence[tuple[str, ViewState]]]) -> None:
        super().__init__(window)
        self._window, self._session, self._drawn = window, session, drawn
        self.dialog: ExportDialog | None = None
        self._last = "svg"

    def ask(self) -> None:
        """Ask what is to be exported."""
        from explorer.ui.exporting.dialog import ExportDialog

        self.dialog = dialog = ExportDialog(self.materials(), self._window, self._last)
        dialog.save_asked.connect(lambda: self._ask_where(dialog))
        dialog.copy_asked.connect(lambda: self._copy(dialog))
        dialog.finished.connect(self._closed)
        dialog.open_over(self._window)

    def materials(self) -> list[tuple[str, Material]]:
        """What each graph is called and shows now, and the runs in view."""
        records = [record for record in self._session.runs.shown if record in self._session.runs.begun]
        return [
            (name, of_shown(state.shown, replace(state.view, selection=None), _draw, records))
            for name, state in self._drawn()
        ]

    def _save(self, dialog: "ExportDialog", path: Path) -> None:
        """Write the file, and say in the dialog what has become of it."""
        from explorer.export.stepping import cursors
        from explorer.export.writing import export

        material, format, options = dialog.material, dialog.format, dialog.options
        try:
            if format.kind is ExportKind.STEPPING:
                format.check(material)
                material = replace(material, draw=self._watched(len(cursors(material, options))))
            export(material, format, options, path)
        except ExplorerError as error:
            dialog.say(str(error))
            return
        self._say(dialog, tr("Exported {path}.", path=path.name))

    def _say(self, dialog: "ExportDialog", done: str) -> None:
        dialog.say(done, "muted")
        self.done.emit(done)

    def copy_equation(self, equation: Equation | None, language: str) -> None:
        """Put an equation that is shown on the clipboard, as "latex" or "markdown"; ExplorerError if none is."""
        if equation is None or not equation.terms:
            raise ExplorerError("No equation is shown yet: step forward, or select a node or a parameter.")
        from explorer.export.derivation.parts import passage_of
        from explorer.export.formats.markdown import passage_lines

        passage = passage_of(self._session.shown.trace, equation)
        if language == "latex":
            # Without the heading's and the formulas' commands, which are those of the whole document.
            text = "\n".join(rf"\[ {line.tex} \]" for line in passage.lines)
        else:
            text = "\n".join(passage_lines(passage)).strip()
        QGuiApplication.clipboard().setText(text + "\n")
        self.done.emit(
            tr(
                "Copied “{passage}” as {language}.",
                passage=passage.title,
                language=language.replace("latex", "LaTeX").replace("mark", "Mark"),
            )
        )

    def copy_numbers(self, equation: Equation | None) -> None:
        """Put what an equation that is shown comes to on the clipboard, to the last figure, as a table takes it."""
        if equation is None:
            raise ExplorerError("No numbers are known yet of what is shown: step forward, or select a parameter.")
        left = equation.left
        table = left.array if left.array.ndim == 2 else left.array.reshape(-1, 1)
        QGuiApplication.clipboard().setText(write_array(table))
        self.done.emit(tr("Copied the numbers of {symbol}.", symbol=left.plain))

    def _closed(self) -> None:
        if self.dialog is not None:
            self._last = self.dialog.format.id
            self.dialog.deleteLater()
            self.dialog = None

    def _ask_where(self, dialog: "ExportDialog") -> None:
        format, shown = dialog.format, dialog.material.shown
        assert shown is not None
        title, name = tr("Export as {format}", format=format.title), f"{shown.architecture.id}{format.suffix}"
        kinds = f"{format.title} (*{format.suffix})" if format.suffix else tr("New folder (*.*)")
        path = ask_where(self._window, title, "", name, kinds)
        if path is not None:
            self._save(dialog, path)

    def _copy(self, dialog: "ExportDialog") -> None:
        material, format, options, content = dialog.material, dialog.format, dialog.options, QMimeData()
        assert format.write is not None
        try:
            format.check(material)
            written = format.write(material, options)
            if isinstance(written, str):
                content.setText(written)
            elif format.kind is not ExportKind.GRAPH:
                content.setText(written.decode())
            else:
                assert material.shown is not None
                picture = _draw(material.shown, material.view, ".png", options)
                content.setImageData(QImage.fromData(picture))
                if format.mime:
                    content.setData(format.mime, written)
        except ExplorerError as error:
            dialog.say(str(error))
            return
        QGuiApplication.clipboard().setMimeData(content)
        self._say(dialog, tr("Copied as {format}.", format=format.title))

    def _watched(self, pictures: int) -> Draw:
        """Draws, tells how far it is, and stops when that is asked for."""
        progress = QProgressDialog(tr("Drawing the stepping…"), tr("Stop"), 0, pictures, self._window)
        progress.setWindowModality(Qt.WindowModality.WindowModal)
        progress.setMinimumDuration(600)

        def draw(shown: Shown, view: View, suffix: str, options: Options, told: bool = False) -> bytes:
            if progress.wasCanceled():
                raise ExplorerError("The stepping was stopped, and nothing was written.")
            picture = _draw(shown, view, suffix, options, told)
            progress.setValue(progress.value() + 1)
            return picture

        return draw


def _draw(shown: Shown, view: View, suffix: str, options: Options, told: bool = False) -> bytes:
    from explorer.ui.drawing.render import draw

    return draw(shown, view, suffix, options, theme=themes.current().name, told=told)
