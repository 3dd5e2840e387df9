"""The window: puts session and views together. A view asks, the session changes, all views are shown the result."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from explorer.architectures import architectures
from explorer.errors import ExplorerError
from explorer.graph.events import Phase
from explorer.session.document import Document
from explorer.session.files import SUFFIX, open_document, save_document
from explorer.session.runs import RunRecord
from explorer.session.session import Selection, Session, Weights, fit_of
from explorer.session.stepping import Grain, phases
from explorer.session.training_plan import Problem
from explorer.session.view_state import ViewOptions, view_state
from explorer.ui import theme as themes
from explorer.ui.canvas import Canvas
from explorer.ui.canvas_header import CanvasHeader
from explorer.ui.caption import Caption
from explorer.ui.editors import Editors
from explorer.ui.inspector import Inspector
from explorer.ui.menus import SEPARATOR, Item, build_menus
from explorer.ui.sidebar import Sidebar
from explorer.ui.training_panel import TrainingPanel
from explorer.ui.transport import TransportBar

EVENTS_A_SECOND = 2.0
"""How fast events follow one another at speed 1×."""
ROLES: dict[Phase, themes.RoleName] = {
    Phase.FORWARD: "forward",
    Phase.LOSS: "loss",
    Phase.BACKWARD: "backward",
    Phase.UPDATE: "parameter",
}


class MainWindow(QMainWindow):
    """Sidebar, graph with its stepper, inspector, training panel."""

    def __init__(self, document: Document | None = None) -> None:
        super().__init__()
        self.session = Session(document)
        self._path: Path | None = None
        self._grain = Grain.NODE
        self._options = ViewOptions()
        self._player = QTimer(self)
        self._player.setInterval(round(1000 / EVENTS_A_SECOND))
        self._player.timeout.connect(self._play_on)
        self.setMinimumSize(900, 560)
        self.resize(1440, 900)
        self._build()
        self._connect()
        self._fill_menus()
        self._show_document()

    # Building.

    def _build(self) -> None:
        self.sidebar, self.header, self.canvas = Sidebar(), CanvasHeader(), Canvas()
        self.caption, self.transport, self.inspector = Caption(), TransportBar(), Inspector()
        self._graph = graph = QWidget()
        column = QVBoxLayout(graph)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.caption)
        column.addWidget(self.transport)
        self._upper = QSplitter(Qt.Orientation.Horizontal)
        self._upper.addWidget(graph)
        self._upper.addWidget(self.inspector)
        self._upper.setStretchFactor(0, 1)
        self._upper.setSizes([790, 392])
        self._upper.setChildrenCollapsible(False)
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._right.addWidget(self._upper)
        self._right.setStretchFactor(0, 1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(self._right, 1)
        self.setCentralWidget(whole)
        self._message = QLabel()
        self._origin = QLabel()
        self.statusBar().addWidget(self._message, 1)
        self.statusBar().addPermanentWidget(self._origin)
        self.editors = Editors(self.canvas, self.session, self._do)
        self.training = TrainingPanel()
        self._right.addWidget(self.training)
        self._right.setSizes([590, 290])
        self.canvas.setFocus()

    def _connect(self) -> None:
        self.sidebar.changed.connect(lambda fields: self._do(lambda: self.session.change(**fields)))
        self.sidebar.failed.connect(self.say_error)
        self.header.fold_changed.connect(self.canvas.set_fold)
        self.header.test_time_changed.connect(lambda on: self._do(lambda: self.session.change(test_time=on)))
        self.header.activations_toggled.connect(self._show_activations)
        self.header.fit_requested.connect(self.canvas.fit)
        self.canvas.fold_changed.connect(self.header.set_fold)
        self.canvas.selected.connect(self._select)
        self.canvas.selected.connect(self.editors.click)
        self.canvas.activated.connect(self._edit)
        self.transport.position_requested.connect(self._go_to)
        self.transport.step_requested.connect(self._step)
        self.transport.play_toggled.connect(self._play)
        self.transport.grain_changed.connect(self._set_grain)
        self.transport.speed_changed.connect(
            lambda speed: self._player.setInterval(max(1, round(1000 / (EVENTS_A_SECOND * speed))))
        )
        self.training.iteration_chosen.connect(self._travel)
        self.training.travel_ended.connect(self._use_initial_weights)
        self.training.seed_changed.connect(lambda seed: self._do(lambda: self.session.change(seed=seed)))
        self.training.message.connect(self.say_error)

    def _fill_menus(self) -> None:
        step = self._step
        choose = [
            Item(f"{a.title} (fig. {a.figure})", lambda id=a.id: self._choose(id), (str(key),))
            for key, a in enumerate(architectures().values(), 1)
        ]
        self._actions = build_menus(
            self,
            self._graph,
            (
                (
                    "&File",
                    (
                        Item("&Open…", self._open, ("Ctrl+O",)),
                        Item("&Save", self._save, ("Ctrl+S",)),
                        Item("Save &as…", self._save_as, ("Ctrl+Shift+S",)),
                        Item("Export &graph…", self._export, ("Ctrl+E",)),
                        SEPARATOR,
                        Item("&Quit", self.close, ("Ctrl+Q",)),
                    ),
                ),
                (
                    "&Edit",
                    (
                        Item("&Undo", lambda: self._do(self.session.undo), ("Ctrl+Z",), name="undo"),
                        Item("&Redo", lambda: self._do(self.session.redo), ("Ctrl+Shift+Z", "Ctrl+Y"), name="redo"),
                        Item("&Edit what is selected…", self._edit_selected, ("Return",), local=True),
                        Item("&Take edits back", lambda: self._do(self.session.reset_edits), name="reset"),
                        Item("&Initial weights", self._use_initial_weights, name="weights"),
                    ),
                ),
                (
                    "&View",
                    (
                        *choose,
                        SEPARATOR,
                        Item("&Fold / unfold", self._toggle_fold, ("F",)),
                        Item("Fit &graph", self.canvas.fit, ("0",)),
                        Item("Zoom &in", lambda: self.canvas.zoom(1.25), ("Ctrl++", "+", "=")),
                        Item("Zoom &out", lambda: self.canvas.zoom(0.8), ("Ctrl+-", "-")),
                        Item("Show &pre-activations a", self._show_activations, ("A",), False, "show_a"),
                        Item("&Motion", self.canvas.set_motion, (), True),
                        Item("&Slow motion (dim all but what is computed)", self._set_slow_motion, ("D",), False),
                        SEPARATOR,
                        Item("&Light", lambda: self._dress(themes.LIGHT)),
                        Item("&Dark", lambda: self._dress(themes.DARK)),
                        Item("As the &system", lambda: self._dress(themes.system_theme())),
                    ),
                ),
                (
                    "&Step",
                    (
                        Item("&Next", lambda: step(1, self._grain), ("Space",)),
                        Item("&Back", lambda: step(-1, self._grain), ("Shift+Space",)),
                        Item("Next &node", lambda: step(1, Grain.NODE), ("Right",), local=True),
                        Item("Back one n&ode", lambda: step(-1, Grain.NODE), ("Left",), local=True),
                        Item("Next &time step", lambda: step(1, Grain.STEP), ("Down",), local=True),
                        Item("Back one time s&tep", lambda: step(-1, Grain.STEP), ("Up",), local=True),
                        Item("Next &phase", lambda: step(1, Grain.PHASE), ("PgDown",), local=True),
                        Item("Back one p&hase", lambda: step(-1, Grain.PHASE), ("PgUp",), local=True),
                        Item("To the &start", lambda: self._go_to(0), ("Home",), local=True),
                        Item("To the &end", self.complete, ("End",), local=True),
                        Item("&Play / pause", self._toggle_play, ("P",)),
                    ),
                ),
                (
                    "&Train",
                    (
                        Item("&Run / pause", self.training.run, ("Ctrl+R",)),
                        Item("&One iteration", self.training.step, ("Ctrl+T",)),
                        Item("R&eset", self.training.reset, ("Ctrl+Backspace",)),
                    ),
                ),
                (
                    "&Help",
                    (
                        Item("&Keys", self._show_keys, ("F1",)),
                        Item("&About RNN Explorer", self._about),
                    ),
                ),
            ),
        )

    # Doing.

    def _do(self, change: Callable[[], object]) -> None:
        """Change the session, and show the result; what is impossible is said, and everything stays as it was."""
        try:
            change()
        except ExplorerError as error:
            self.say_error(str(error))
        else:
            self._message.clear()
        self._show_document()

    def say_error(self, sentence: str) -> None:
        """Say what went wrong in the status bar, where it stays until the next change."""
        self._message.setProperty("role", "error")
        self._message.style().polish(self._message)
        self._message.setText(sentence)

    def _choose(self, architecture: str) -> None:
        self._do(lambda: self.session.change(architecture=architecture))

    def _go_to(self, cursor: int) -> None:
        self.session.move_to(cursor)
        self._show_cursor()

    def _step(self, direction: int, grain: Grain | str) -> None:
        self.session.step(direction, Grain(grain))
        self._show_cursor()

    def complete(self) -> None:
        """Go to the end of the training step."""
        self._go_to(len(self.session.shown.events))

    def show_middle_of_backward(self) -> None:
        """Go to the middle of the backward pass, where most is to be seen."""
        start, stop = next((a, b) for phase, a, b in phases(self.session.shown.events) if phase is Phase.BACKWARD)
        self._go_to((start + stop) // 2)

    def _travel(self, run: RunRecord, iteration: int) -> None:
        """Put the weights that a run had at an iteration into the graph."""
        found = run.weights(iteration)
        if found is not None:
            kept, parameters = found
            origin = f"weights of {run.name}, iteration {kept:,}"
            self._do(lambda: self.session.use_weights(Weights(parameters, origin, fit_of(self.session.document))))

    def _use_initial_weights(self) -> None:
        self._do(lambda: self.session.use_weights(None))

    def _set_grain(self, grain: str) -> None:
        self._grain = Grain(grain)

    def _play(self, on: bool) -> None:
        if on and self.session.cursor == len(self.session.shown.events):
            self._go_to(0)
        (self._player.start if on else self._player.stop)()
        self.transport.set_playing(on)

    def _toggle_play(self) -> None:
        self._play(not self._player.isActive())

    def _play_on(self) -> None:
        self._step(1, self._grain)
        if self.session.cursor == len(self.session.shown.events):
            self._play(False)

    def _select(self, selection: Selection) -> None:
        self.session.selection = selection
        self._show_cursor()

    def _toggle_fold(self) -> None:
        self.canvas.animate_fold(0.0 if self.canvas.fold > 0.5 else 1.0)

    def _set_slow_motion(self, on: bool) -> None:
        self._options = replace(self._options, slow_motion=on)
        self._show_cursor()

    def _edit(self, thing: Selection) -> None:
        self.editors.open(thing, self.canvas.vertex_rect(thing))

    def _edit_selected(self) -> None:
        self._edit(self.session.selection)

    def _show_activations(self, on: bool) -> None:
        self._options = replace(self._options, show_a=on)
        self._actions["show_a"].setChecked(on)
        self.header.activations.setChecked(on)
        self._show_document()

    # Showing.

    def _show_document(self) -> None:
        shown = self.session.shown
        self.sidebar.set_shown(shown)
        self.header.set_times(shown.architecture.takes_feedback, shown.document.test_time)
        self.transport.set_phases([(p.value.capitalize(), a, b, ROLES[p]) for p, a, b in phases(shown.events)])
        for name, possible in (
            ("undo", self.session.can_undo),
            ("redo", self.session.can_redo),
            ("reset", bool(shown.document.edits or shown.document.fed_target)),
            ("weights", self.session.weights is not None),
        ):
            self._actions[name].setEnabled(possible)
        document, weights = shown.document, self.session.weights
        self.training.set_problem(
            Problem(
                document.architecture,
                document.task,
                document.task_options,
                document.length,
                document.hidden,
                document.activation,
                document.seed,
            )
        )
        origin = weights.origin if weights else f"initial weights of seed {document.seed}"
        self._origin.setText(f"showing {origin}")
        self.setWindowTitle(f"{self._path.name if self._path else shown.architecture.title} — RNN Explorer")
        if not shown.trace.finite:
            self.say_error("A loss or gradient here is no finite number: make the weights smaller, or undo.")
        self._show_cursor()

    def _show_cursor(self) -> None:
        session = self.session
        view = view_state(session.shown, session.cursor, session.selection, options=self._options)
        self.canvas.set_view(view)
        self.transport.set_position(session.cursor)
        event = session.event
        self.caption.set_caption(view.caption, ROLES[event.phase] if event else "parameter")
        self.inspector.show_state(session.shown, session.cursor, session.selection)
        if event is not None and event.t is not None:
            self.canvas.ensure_visible(event.t)

    def _dress(self, theme: themes.Theme) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        themes.apply(app, theme)

    # Files.

    def _open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Open", "", f"RNN Explorer (*{SUFFIX})")
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open a document; if that cannot be, say why and keep the one that is shown."""

        def opened() -> None:
            self.session.open(open_document(path))
            self._path = path

        self._do(opened)

    def _save(self) -> None:
        if self._path is None:
            self._save_as()
        else:
            self.save_path(self._path)

    def _save_as(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Save", f"untitled{SUFFIX}", f"RNN Explorer (*{SUFFIX})")
        if name:
            self.save_path(Path(name).with_suffix(SUFFIX))

    def save_path(self, path: Path) -> None:
        """Save the document."""

        def save() -> None:
            save_document(self.session.document, path)
            self._path = path

        self._do(save)

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Export graph", "graph.svg", "Pictures (*.svg *.png *.pdf)")
        if name:
            from explorer.ui.render import render_file

            self._do(
                lambda: render_file(
                    self.session.shown,
                    Path(name),
                    cursor=self.session.cursor,
                    folded=self.canvas.fold > 0.5,
                    theme=themes.current().name,
                )
            )

    # Help.

    def _show_keys(self) -> None:
        rows = "".join(
            f"<tr><td><b>{', '.join(k.toString() for k in action.shortcuts())}</b>&nbsp;&nbsp;</td>"
            f"<td>{action.text().replace('&', '').rstrip('…')}</td></tr>"
            for action in self.findChildren(type(next(iter(self._actions.values()))))
            if action.shortcuts()
        )
        QMessageBox.information(self, "Keys", f"<table>{rows}</table>")

    def _about(self) -> None:
        from explorer import __version__

        QMessageBox.about(
            self,
            "About RNN Explorer",
            f"<h3>RNN Explorer {__version__}</h3><p>Chapter 10 of <i>Deep Learning</i> (Goodfellow, Bengio and "
            "Courville, 2016), made executable. Every number on the screen comes from the computation.</p>",
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        self._player.stop()
        self.training.shutdown()
        super().closeEvent(event)
