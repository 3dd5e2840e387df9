"""Do something to a run in the list: show, hide, rename, recolour, repeat with one change, export, delete."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QFileDialog, QMenu, QWidget

from explorer.errors import ExplorerError
from explorer.files.curves import write_curves
from explorer.language import tr, trn
from explorer.session.runs.bundles import Bundle, bundles
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import RunRecord
from explorer.session.variations import variations
from explorer.session.weights import fit_of
from explorer.training.settings import RunSettings
from explorer.ui.look import theme as themes
from explorer.ui.training.loss_card import LossCard
from explorer.ui.training.run_style import run_colour
from explorer.ui.training.time_travel import TimeTravel
from explorer.ui.typography.numbers import count


class RunActions(QObject):
    """What the menu of a run offers.

    `changed`: a run looks different or is gone; `wanted`: settings to train, and the Origin where to begin or None;
    `branch_asked`: a run to leave, and the iteration where; `beside_asked`: the id of a run to put beside the graph;
    `removed`: a sentence, and the Remedy that undoes it.
    """

    changed = Signal()
    wanted = Signal(object, object)
    branch_asked = Signal(object, int)
    beside_asked = Signal(int)
    removed = Signal(str, object)
    failed = Signal(str)
    rename_asked = Signal(int)

    def __init__(self, book: RunBook, travel: TimeTravel, window: QWidget) -> None:
        super().__init__(window)
        self._book, self._travel, self._window = book, travel, window

    def serve(self, card: LossCard) -> None:
        """Do what is asked for in the list of runs beside the curves."""
        runs = card.runs
        runs.toggled.connect(self.toggle)
        runs.renamed.connect(self.rename)
        runs.menu_asked.connect(self.open_menu)
        card.clear_asked.connect(self.clear)
        card.export_asked.connect(self.ask_and_export)
        self.rename_asked.connect(runs.rename)

    def bundle(self, id: int | None) -> Bundle | None:
        """The bundle of this id, if it is kept."""
        return next((bundle for bundle in bundles(self._book.records) if bundle.id == id), None)

    def toggle(self, id: int) -> None:
        """Show a run in the plots, or hide it."""
        self._alter(id, shown=not self._book.bundle(id).first.shown)

    def rename(self, id: int, name: str) -> None:
        """Call a run something else."""
        self._alter(id, given=name)

    def recolour(self, id: int, colour: str | None) -> None:
        """Draw a run in this colour (#rrggbb), or by what it is fed (None)."""
        self._alter(id, colour=colour)

    def delete(self, id: int) -> None:
        """Forget a run."""
        bundle = self.bundle(id)
        if bundle is not None:
            self._remove(bundle.records, tr("“{bundle}” is deleted.", bundle=bundle.name))

    def clear(self) -> None:
        """Forget all runs."""
        runs = bundles(self._book.records)
        if runs:
            said = trn("“{name}” is out of the list.", "{n} runs are out of the list.", len(runs), name=runs[0].name)
            self._remove(self._book.records, said)

    def _remove(self, records: Sequence[RunRecord], sentence: str) -> None:
        """Forget runs, and offer to bring them back."""
        bring_back = self._book.delete(*records)
        self.changed.emit()

        def undo() -> None:
            bring_back()
            self.changed.emit()

        self.removed.emit(sentence, (tr("Bring back"), undo))

    def export(self, path: Path) -> None:
        """Write the curves of the runs in view as CSV; what goes wrong is said by `failed`."""
        try:
            write_curves(path, self._book.shown)
        except ExplorerError as error:
            self.failed.emit(str(error))

    def ask_and_export(self) -> None:
        """Ask for a file and export to it."""
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Export the curves"), "curves.csv", tr("Tables (*.csv)"))
        if name:
            self.export(Path(name))

    def menu(self, bundle: Bundle) -> QMenu:
        """The menu of a run; it deletes itself once closed."""
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        id = bundle.id
        menu.addAction(tr("Hide") if bundle.first.shown else tr("Show")).triggered.connect(lambda: self.toggle(id))
        menu.addAction(tr("Rename …")).triggered.connect(lambda: self.rename_asked.emit(id))
        menu.addAction(tr("Colour …")).triggered.connect(lambda: self._ask_colour(bundle))
        if bundle.first.colour is not None:
            menu.addAction(tr("Colour by what is fed back")).triggered.connect(lambda: self.recolour(id, None))
        again = menu.addMenu(tr("The same again with"))
        for change, settings in variations(bundle.first.settings).items():
            again.addAction(change).triggered.connect(lambda _=False, s=settings: self._want(bundle.first, s))
        run, iteration = self._place(bundle.first)
        branch = menu.addAction(tr("Branch from iteration {count} …", count=count(iteration)))
        branch.setEnabled(bool(run.kept))
        branch.triggered.connect(lambda: self.branch_asked.emit(run, iteration))
        beside = menu.addAction(tr("Put beside the graph"))
        beside.setEnabled(bool(bundle.first.kept))
        beside.triggered.connect(lambda: self.beside_asked.emit(id))
        menu.addSeparator()
        menu.addAction(tr("Export all curves in view …")).triggered.connect(self.ask_and_export)
        menu.addSeparator()
        menu.addAction(tr("Delete")).triggered.connect(lambda: self.delete(id))
        menu.addAction(tr("Clear all")).triggered.connect(self.clear)
        return menu

    def _want(self, record: RunRecord, settings: RunSettings) -> None:
        """Ask for a run like this one, from where it began; other sizes cannot begin with its weights."""
        origin = record.origin if fit_of(settings) == fit_of(record.settings) else None
        self.wanted.emit(settings, origin)

    def _place(self, record: RunRecord) -> tuple[RunRecord, int]:
        """Where a run can be left: at the iteration that is travelled to, or at its newest weights."""
        if self._travel.at is not None and self._travel.at[0] is record:
            return self._travel.at
        return record, record.kept[-1] if record.kept else record.iteration

    def open_menu(self, id: int, at: QPoint) -> None:
        """Open the menu of a run at a place of the screen."""
        bundle = self.bundle(id)
        if bundle is not None:
            self.menu(bundle).popup(at)

    def _ask_colour(self, bundle: Bundle) -> None:
        now = run_colour(bundle.first, themes.current())
        colour = QColorDialog.getColor(now, self._window, tr("Colour of {bundle}", bundle=bundle.name))
        if QColor.isValid(colour):
            self.recolour(bundle.id, colour.name())

    def _alter(self, id: int, **look: object) -> None:
        self._book.alter(id, **look)
        self.changed.emit()
