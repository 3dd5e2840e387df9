"""Work on one document: change it, edit it, undo, move the cursor, select, and put trained weights into it.

Every method either succeeds or raises ExplorerError and leaves everything as it was: the last good state stays.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress

from msgspec.structs import replace

from explorer.errors import ExplorerError
from explorer.graph.analyse.events import Event
from explorer.graph.arrays import Array
from explorer.session.beginning import Beginning, beginning
from explorer.session.carried import carried, said_gone
from explorer.session.document import Document, Shown, fed, seeding, show
from explorer.session.edits import Edit, WeightEdit, edit_place, without_sequence
from explorer.session.files import Opened
from explorer.session.fitted import fitted
from explorer.session.presence import check_leads, check_there, is_there, leads
from explorer.session.runs.run_book import RunBook
from explorer.session.state import Along, Aside, Away, History, State
from explorer.session.stepping import Grain, next_cursor
from explorer.session.viewing import Selection, View, lasting
from explorer.session.weights import (
    Weights,
    after_update,
    completed,
    fit_of,
    refitted,
    shown_anew,
    untold,
    weight_edits,
    without_inherited,
)
from explorer.training.settings import changed, problem_of


class Session:
    """The model behind the window."""

    def __init__(self, document: Document | None = None):
        self._history, self._opened = History(State(document or Document())), 0
        self.view, self.runs, self.system_moves = View(), RunBook(), True
        """`system_moves`: whether the system that the window is on has nothing against motion."""
        self.aside: dict[int, Aside] = {}
        """What is kept of the documents opened before, by what `opened` was then."""
        self.shown: Shown = show(self.document)

    @property
    def state(self) -> State:
        """The document with its weights, for `return_to`."""
        return self._history.now

    @property
    def document(self) -> Document:
        return self.state.document

    @property
    def weights(self) -> Weights | None:
        """Trained weights in use; None: the initial weights of the seed."""
        return self.state.weights

    @property
    def updates(self) -> int:
        """How many updates that were stepped through have been taken since the weights' origin."""
        return self.weights.updates if self.weights else 0

    @property
    def looking(self) -> bool:
        """Whether the weights are only looked at: those of a training run, put there by `use_weights`."""
        return self.state.away is not None

    @property
    def before(self) -> Weights | None:
        """The weights that are there when none are looked at."""
        return self.weights if self.state.away is None else self.state.away.before

    @property
    def beginning(self) -> Beginning | None:
        """With what training begins; None: the initial weights of the seed. To follow a run changes nothing of it."""
        away = self.state.away
        if away is not None and away.followed and not weight_edits(self.shown.document):
            return away.beginning
        return beginning(self.shown, self.weights, self.document)

    @property
    def opened(self) -> int:
        """Which of the documents opened so far this one grew from; 0 for the one at the start."""
        return self.state.opened

    @property
    def cursor(self) -> int:
        """How many events are done."""
        return self.view.cursor

    @property
    def selection(self) -> Selection:
        return self.view.selection

    @property
    def event(self) -> Event | None:
        """The event that was done last."""
        return self.shown.events[self.cursor - 1] if self.cursor else None

    # Changing what is shown.

    def change(self, **fields: object) -> str:
        """Change settings of the document and adapt what no longer fits them; say what had to go, or return "".

        Another architecture brings a task it can learn and a feedback it can take; another task brings a network
        that can learn it, and at least its shortest length. Edits by hand live until what they are about is gone.
        Where weights are shown that no seed, no scale and no choice change, a change of these is spoken of as well.
        """
        before, weights = self.document, self.weights
        after = changed(before, **fields)
        if after == before:
            return ""
        document, gone = carried(before, fitted(before, after, fields))
        away, reseeded = self.state.away, seeding(document) != seeding(before)
        if away is not None and away.followed and reseeded:
            weights = away.before
        self._put(document, weights)
        if weights is not None and weights is self.weights and reseeded:
            return weights.still_shown
        typed = before.typed != "" == document.typed and not fields.keys() & {"typed", "example"}
        taken_away = document.task.id != before.task.id and "task" not in fields
        own = next((name for name in ("data", "text") if taken_away and name in before.task.options), "")
        # Those of a run that was followed are still with it, in the list of runs.
        had = away.before if away is not None and away.followed else weights
        return said_gone(gone, had.said if had is not None and self.weights is None else None, typed, own)

    def type_sequence(self, text: str) -> str:
        """Show the sequence that a text says, see `Task.typed`, in place of the example; "" shows that again.

        Edits of the one before go with it. Returns what else had to go, or how it was read; ExplorerError if it cannot.
        """
        gone = self.change(typed=text if text.strip() else "", edits=without_sequence(self.document.edits))
        typed = self.document.typed
        return gone or (self.shown.task.typed(typed).reading if typed else "")

    def edit(self, edit: Edit) -> None:
        """Add one edit by hand, in place of an earlier one at the same place."""
        self.edit_all((edit,))

    def edit_all(self, edits: Iterable[Edit]) -> None:
        """Add several edits by hand, such as a block of numbers, as one step for undo; all of them or none."""
        made = {edit_place(edit): edit for edit in self.document.edits}
        new = {edit_place(edit): edit for edit in edits}
        for place in new:
            made.pop(place, None)
        weights = self.weights
        if weights is not None and weights.inherited:
            rest = tuple(edit for edit in weights.inherited if edit_place(edit) not in new)
            weights = replace(weights, inherited=rest)
        self._put(replace(self.document, edits=tuple((made | new).values())), weights)

    def feed(self, t: int, target: bool) -> None:
        """Decide what step t + 1 is fed: the target y(t), or the network's own signal.

        Makes the feedback mixed, and shows training time, as a network on its own has no targets to be fed.
        """
        self._put(fed(self.document, t, target), self.weights)

    def reset_edits(self) -> None:
        """Take all edits by hand back."""
        self._put(replace(self.document, edits=(), fed_target=()), self.weights)

    def open(self, opened: Opened) -> None:
        """Show another document, with weights, a view and runs of its own if it has them; undo leads back."""
        self.aside[self._opened + 1] = Aside(opened.runs, opened.current, opened.view)
        away = None
        if opened.view.travel is not None and opened.weights is not None:
            origins = (run.origin for run in opened.current if isinstance(run.origin, Beginning))
            away = Away(opened.before, next(origins, None), opened.view.follow, opened.view.travel)
        try:
            self._put(opened.document, opened.weights, away, opened=self._opened + 1)
        except ExplorerError:
            del self.aside[self._opened + 1]
            raise
        self._opened += 1
        self.view = replace(opened.view, cursor=0, selection=None, path=None, pinned="", travel=None)
        for field in ("cursor", "selection", "path", "pinned", "travel"):
            with suppress(ExplorerError):
                self.look(**{field: getattr(opened.view, field)})

    @property
    def content(self) -> Opened:
        """What is looked at, as `open` takes it."""
        runs, before = self.runs.begun, self.before if self.looking else None
        return Opened(self.document, self.weights, self.view, before, runs, [r for r in self.runs.current if r in runs])

    def take_update(self) -> None:
        """Begin the next iteration: the update that is shown is taken, and nothing is computed yet.

        Edits of weights are in the weights that it leads to. Raises ExplorerError if those are no finite numbers.
        """
        weights = after_update(self.shown, self.weights, self.document)
        mended = weight_edits(self.document)
        self._put(replace(self.document, edits=tuple(e for e in self.document.edits if e not in mended)), weights)
        self.move_to(0)

    def take_weights(self, parameters: Mapping[str, Array], origin: str, document: Document) -> str:
        """Put weights from elsewhere into a document; those that are not given stay as shown, or as of the seed.

        They take the place of edits by hand. Returns what had to go, or "".
        """
        document, gone = carried(self.document, fitted(self.document, document))
        document = replace(document, edits=tuple(e for e in document.edits if not isinstance(e, WeightEdit)))
        self._put(document, completed(parameters, origin, self.shown, document))
        return said_gone(edit for edit in gone if not isinstance(edit, WeightEdit))

    def use_weights(self, weights: Weights | None, followed: bool = False, at: Along | None = None) -> None:
        """Show the network with trained weights, or with the seed's again (None).

        That is a way to look, not a change of the document: no undo leads back to weights once looked at, only to
        those that came from elsewhere. `followed`: the graph follows a run; `at`: that run and the iteration.
        """
        if weights is not None and weights.fits != fit_of(self.document):
            raise ExplorerError("These weights were trained for another network or task; choose that one first.")
        away = None
        if weights is not None:
            away = replace(self.state.away or Away(self.weights, self.beginning), followed=followed, at=at)
        if self.weights is not None and not self.looking:
            self._put(self.document, weights, away)
        else:
            self._replace_weights(weights, away)

    def look_away(self, before: Weights | None) -> None:
        """Show the weights again that were there before others were looked at; those of the seed if none are left."""
        before = before if before is not None and before.fits == fit_of(self.document) else None
        there = replace(self.state, weights=before, away=None)
        if before is not None and self._history.there(-1) == there:
            self._go(-1)
        elif self.looking:
            self._replace_weights(before)
        else:
            self._put(self.document, before)

    def keep(self) -> None:
        """Let weights that are looked at be those that are there; no way leads back to those before."""
        if self.looking:
            self._history.turn(replace(self.state, away=None))
            self.look(follow=False)

    def _replace_weights(self, weights: Weights | None, away: Away | None = None) -> None:
        self._display(self.document, weights, away)
        self._history.turn(replace(self.state, weights=weights, away=away))

    def return_to(self, state: State) -> None:
        """Show what was there at some time; undo leads back from it."""
        self._put(state.document, state.weights, state.away, state.opened)

    def undo(self) -> None:
        """Go back to before the last change."""
        self._go(-1)

    def redo(self) -> None:
        """Take the last undo back."""
        self._go(1)

    @property
    def can_undo(self) -> bool:
        return self._history.there(-1) is not None

    @property
    def can_redo(self) -> bool:
        return self._history.there(1) is not None

    # Looking: no undo leads back from here.

    def look(self, **fields: object) -> None:
        """Change how the document is looked at: fields of `View`, or of a record in it.

        The cursor comes to stand within the events.
        Raises ExplorerError for a selection or a path that is not in what is shown.
        """
        view = changed(self.view, **fields)
        check_there(self.shown, view)
        if "path" in fields:
            check_leads(self.shown, view.path)
        cursor = max(0, min(view.cursor, len(self.shown.events)))
        self.view = replace(view, cursor=cursor, travel=view.travel if self.looking else None)

    def step(self, direction: int, grain: Grain | None = None) -> None:
        """Move the cursor forward (+1) or back (−1), by the grain of the view or by another."""
        self.move_to(next_cursor(self.shown.events, self.cursor, direction, grain or self.view.grain))

    def move_to(self, cursor: int) -> None:
        """Put the cursor after this many events. The way of one gradient is no longer picked out."""
        self.look(cursor=cursor, path=None)

    def _put(
        self, document: Document, weights: Weights | None, away: Away | None = None, opened: int | None = None
    ) -> None:
        if weights is not None and weights.fits != fit_of(document):
            weights = refitted(weights, document)
        if weights is not None and weights is self.weights:
            away, weights = self.state.away, untold(weights)
        state = State(document, weights, self.opened if opened is None else opened, away if weights else None)
        if state == self.state:
            return
        before = self.opened, self.view
        self._display(document, weights, state.away)
        self._history.add(state)
        self._leave(*before)

    def _go(self, steps: int) -> None:
        if (state := self._history.led_to(steps)) is None:
            return
        taken, looking, before = self.updates, self.looking, (self.opened, self.view)
        self._display(state.document, state.weights, state.away)
        self._history.go(steps)
        self._leave(*before)
        if not looking and abs(self.updates - taken) == 1:
            # To the end of the iteration before, or the beginning of the next.
            self.move_to(len(self.shown.events) if self.updates < taken else 0)

    def _leave(self, left: int, view: View) -> None:
        """Put the runs and the view of a document aside, and bring back those of the one shown, if that is another."""
        if self.opened == left:
            return
        self.aside[left] = Aside(self.runs.records, self.runs.current, view)
        back = self.aside.pop(self.opened, Aside((), (), self.view))
        self.runs.hold(back.runs, back.current)
        reached = self._history.opened
        self.aside = {opened: kept for opened, kept in self.aside.items() if opened in reached}
        with suppress(ExplorerError):
            self.look(**lasting(back.view))

    def _display(self, document: Document, weights: Weights | None, away: Away | None) -> None:
        """Work out what is shown before anything is given up; the cursor stays at the same event where it can."""
        event, problem = self.event, problem_of(self.document)
        document = without_inherited(document, weights)
        shown = shown_anew(self.shown, self.weights, document, weights)
        complete = self.cursor == len(self.shown.events)
        self.shown = shown
        here = shown.events.index(event) + 1 if event is not None and event in shown.events else 0
        same = problem == problem_of(document)
        view, along = self.view, away is not None and weights is self.weights and same
        self.view = replace(
            view,
            cursor=len(shown.events) if complete else here,
            selection=view.selection if is_there(shown, view.selection) else None,
            path=view.path if leads(shown, view.path) else None,
            pinned=view.pinned if view.pinned in shown.trace.parameters else "",
            travel=None if away is None else away.at,
            departed=view.departed if along else None,
            follow=view.follow and weights is self.weights and same and not (along and weight_edits(document)),
        )
