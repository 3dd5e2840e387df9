"""Hold what undo leads back to (`State`, `History`), and what was there before weights were looked at (`Away`).

`Aside` is what goes with a document but is not undone.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from explorer.session.beginning import Beginning
from explorer.session.document import Document
from explorer.session.runs.runs import RunRecord
from explorer.session.viewing import View
from explorer.session.weights import Weights, fit_of, untold, weight_edits

MOST_UNDO = 200

Along = tuple[int, int]
"""A run, by its id, and an iteration of it."""


class Away(Struct, frozen=True, eq=False):
    """That the weights are only looked at, being those of a run, and the way back.

    `before`: the weights that were there, None for those of the seed; `beginning`: with which training then began.
    `followed`: the graph follows that run, or did, so that the next one begins as it did. `at`: the run, by its id, and
    the iteration, where these are known.
    """

    before: Weights | None = None
    beginning: Beginning | None = None
    followed: bool = False
    at: Along | None = None


class State(Struct, frozen=True):
    """What undo leads back to. `opened` counts the documents opened so far: it tells which one this grew from."""

    document: Document
    weights: Weights | None = None
    opened: int = 0
    away: Away | None = None


class Aside(Struct, frozen=True, eq=False):
    """The runs of a document, those of their last start, and how it was looked at, until it is shown again."""

    runs: Sequence[RunRecord]
    current: Sequence[RunRecord]
    view: View


class History:
    """The states from the first that undo leads to, to the last that redo does; `now` is the one that is shown."""

    def __init__(self, first: State) -> None:
        self._states, self._at = [first], 0
        self._turned = False
        """Whether how one looks goes along with undo: it was changed since, and nowhere on the way it was otherwise."""

    @property
    def now(self) -> State:
        return self._states[self._at]

    def there(self, steps: int) -> State | None:
        """The state so many changes later, or earlier if negative; None beyond the ends."""
        at = self._at + steps
        return self._states[at] if 0 <= at < len(self._states) else None

    def led_to(self, steps: int) -> State | None:
        """What undo shows of that state: itself, or looked at as what is shown is, where that was changed since."""
        there = self.there(steps)
        return (there and self._along(there)) or there

    def go(self, steps: int) -> None:
        """Show what `led_to` says, and keep it in the place of that state."""
        there, shown = self.there(steps), self.led_to(steps)
        if there is None or shown is None:
            return
        self._turned = self._along(there) is not None
        self._at += steps
        self._states[self._at] = shown

    def add(self, state: State) -> None:
        """Put a state after the one that is shown, in place of those that redo led to; the oldest are forgotten."""
        self._turned = self._turned and (state.away is None) == (self.now.away is None)
        self._states = [*self._states[: self._at + 1], state][-MOST_UNDO:]
        self._at = len(self._states) - 1

    def turn(self, state: State) -> None:
        """Show the same document looked at otherwise: with weights that are only looked at, or with none such."""
        self._states[self._at], self._turned = state, True

    @property
    def opened(self) -> set[int]:
        """The documents that these states grew from."""
        return {state.opened for state in self._states}

    def _along(self, there: State) -> State | None:
        return looked_at_alike(self.now, there) if self._turned else None


def looked_at_alike(here: State, there: State) -> State | None:
    """A state with the weights that are looked at in another, or with none looked at; None if it cannot be so."""
    weights, away = here.weights, here.away
    left, before = (s.weights if s.away is None else s.away.before for s in (here, there))
    if there.opened != here.opened or there.document == here.document or before is not left:
        return None
    if weights is not None and weights.fits != fit_of(there.document):
        return None
    if away is not None and weight_edits(there.document) != weight_edits(here.document):
        return None
    return replace(there, weights=None if weights is None else untold(weights), away=away)
