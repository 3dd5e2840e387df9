"""The picture of hidden states, worked out a little at a time: their places in a plane, where inputs move them.

What is seen belongs to one trace, whole: the weights on the screen, those of a run that is followed or travelled along.
"""

from collections.abc import Callable, Generator, Mapping

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.errors import ExplorerError
from explorer.graph.analyse.events import Kind
from explorer.graph.analyse.fixed_points import FixedPoint, finding
from explorer.graph.analyse.step_map import Inputs, StepMap
from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.graph.batch import Symbols
from explorer.graph.plain import plain
from explorer.session.document import Shown
from explorer.session.longterm.here import step_at
from explorer.session.states.inputs import input_at, inputs_of
from explorer.session.states.machine import Machine, NoMachine, reading
from explorer.session.states.many import Many, facts_at, many_of, many_values
from explorer.session.states.path import framed, links_of, path_of
from explorer.session.states.plane import Plane, of_units, principal
from explorer.session.states.readable import runs_of, symbols_shown
from explorer.session.viewing import View
from explorer.tasks import Fact

GRID = (9, 7)
"""So many arrows side by side, and one above the other."""
STARTS, WORK = 48, 200_000
"""Fixed points are looked for from so many states, or fewer where each takes more work: starts · size²."""


class SeenWanted(Struct, frozen=True):
    """What decides the picture of a trace, beside the colours: `t` is the step whose input it is, 0 if one is named."""

    state: str
    units: tuple[int, int] | None
    input: str | None
    t: int
    arrows: bool
    fixed: bool
    machine: bool


class Moves(Struct, frozen=True, eq=False):
    """Where a step moves the states of the plane: from `begins` to `ends`, (arrows, 2) both."""

    begins: Array
    ends: Array


class Stay(Struct, frozen=True, eq=False):
    """A fixed point, and where it is in the plane, (2,)."""

    place: Array
    point: FixedPoint


class ReadOff(Struct, frozen=True, eq=False):
    """A machine, its states after each step of the many sequences (T, B), and of the one that is shown (T,)."""

    machine: Machine
    reached: Symbols
    shown: Symbols


class Seen(Struct, frozen=True, eq=False):
    """What is worked out so far: `moves`, `stays` and `read` are None until then, or where they are not wanted.

    `places` (steps, B, 2), `path` by step, the one before the first included, and `links` between its steps. `middle`
    and `half` (2,) are of what the plane shows. `why_still` and `why_unread` say in one sentence why there are no
    arrows and no machine.
    """

    trace: Trace
    wanted: SeenWanted
    symbol: str
    plane: Plane
    places: Array
    facts: tuple[Fact, ...]
    path: Mapping[int, Array]
    links: tuple[tuple[int, int], ...]
    middle: Array
    half: Array
    inputs: tuple[str, ...] = ()
    input_name: str = ""
    why_still: str = ""
    why_unread: str = ""
    moves: Moves | None = None
    stays: tuple[Stay, ...] | None = None
    read: ReadOff | NoMachine | None = None

    def done(self, shown: Shown, cursor: int) -> list[int]:
        """The steps of the path that are computed at this cursor, in their order; where it begins is there at once."""
        computed = {e.t for e in shown.events[:cursor] if e.kind is Kind.VALUE and e.name == self.wanted.state}
        return [t for t in self.path if t in computed or t not in shown.trace.steps(self.wanted.state)]


def seen_states(shown: Shown) -> tuple[str, ...]:
    """The states that can be seen in a plane: that nearest to the output first."""
    return tuple(name for name in shown.architecture.states if not shown.network.node(name).span.single)


def wanted(shown: Shown, view: View) -> SeenWanted:
    """What a view asks for; what the network has not is passed over. ExplorerError where nothing is left to see."""
    names, asked = seen_states(shown), view.states
    many_of(shown)
    state = asked.seen_state if asked.seen_state in names else names[0]
    n, steps = shown.trace.values[state].shape[2], shown.trace.steps(state)
    units = asked.plane if asked.plane and max(asked.plane) < n and len(set(asked.plane)) == 2 else None
    at = step_at(shown, view.cursor, state)
    t = at if at is not None and at in steps else steps[0]
    here = t if asked.moved_by is None else 0
    return SeenWanted(state, units, asked.moved_by, here, asked.arrows, asked.fixed_points, asked.machine)


def seeing(
    shown: Shown, asked: SeenWanted, before: Seen | None, show: Callable[[Seen], None]
) -> Generator[None, None, None]:
    """Show the picture, each time with more of it. What holds of `before` is kept; its plane points the same way."""
    trace, many = shown.trace, many_of(shown)
    same = before if before is not None and before.wanted.state == asked.state else None
    values = many_values(shown, many)
    seen = _placed(shown, asked, values, many, same)
    old = same.read if same is not None and same.trace is trace else None
    try:
        step = StepMap(trace, asked.state)
    except ExplorerError as error:
        show(replace(seen, why_still=str(error), why_unread=str(error)))
        return
    named = inputs_of(shown, step)
    said, inputs = input_at(shown, step, asked.t or trace.steps(asked.state)[0])
    if asked.input in named:
        said, inputs = str(asked.input), named[str(asked.input)]
    seen = replace(seen, inputs=tuple(named), input_name=said, read=old if asked.machine else None)
    show(seen)
    yield
    visited = step.visited(values)
    if asked.arrows:
        seen = replace(seen, moves=_moves(step, inputs, seen, visited))
        show(seen)
        yield
    if asked.fixed:
        found = yield from finding(step, inputs, _starts(step, visited, same))
        seen = replace(seen, stays=_stays(step, inputs, seen.plane, found))
        show(seen)
        yield
    if asked.machine and old is None:
        try:
            runs = runs_of(shown, many, values, step)
            read: Machine | NoMachine | ReadOff = yield from reading(runs)
        except ExplorerError as error:
            show(replace(seen, why_unread=str(error)))
            return
        if isinstance(read, Machine):
            read = ReadOff(read, read.run(runs.symbols), read.run(symbols_shown(shown))[:, 0])
        show(replace(seen, read=read))


def _placed(shown: Shown, asked: SeenWanted, values: Mapping[str, Array], many: Many, before: Seen | None) -> Seen:
    """The states of the many sequences and of the one that is shown in a plane."""
    states = values[asked.state]
    flat = states.reshape(-1, states.shape[2])
    kept = before.plane if before is not None and before.wanted.units is None else None
    plane = of_units(flat, asked.units) if asked.units else principal(flat, kept)
    places, path = plane.project(states), path_of(shown, asked.state, plane)
    middle, half = framed(np.concatenate([places.reshape(-1, 2), *(place[np.newaxis] for place in path.values())]))
    symbol = plain(shown.network.node(asked.state).symbol)
    facts = facts_at(shown, many.facts, asked.state)
    return Seen(shown.trace, asked, symbol, plane, places, facts, path, links_of(shown, asked.state), middle, half)


def _completed(step: StepMap, seen: Seen, visited: Array, places: Array) -> Array:
    """Whole states (…, size) for places in the plane: what the plane leaves open follows the visited states, fitted to
    their places by least squares."""
    known = visited.reshape(-1, step.size)
    at = seen.places.reshape(-1, 2)
    usable = np.isfinite(known).all(1) & np.isfinite(at).all(1)
    terms = np.concatenate([np.ones((len(at), 1)), at], 1)[usable]
    fitted = np.linalg.lstsq(terms, known[usable], rcond=None)[0]
    whole = np.concatenate([np.ones((len(places), 1)), places], 1) @ fitted
    for member in step.members:
        if member.name == step.name:
            whole[:, member.latest] = seen.plane.lift(places)
    return np.asarray(whole)


def _moves(step: StepMap, inputs: Inputs, seen: Seen, visited: Array) -> Moves:
    """From a grid of places to where the step leads from there."""
    across, up = (
        middle + half * np.linspace(-1 + 1 / count, 1 - 1 / count, count)
        for middle, half, count in zip(seen.middle, seen.half, GRID, strict=True)
    )
    begins = np.stack(np.meshgrid(across, up), -1).reshape(-1, 2)
    ends = seen.plane.project(step.node_after(_completed(step, seen, visited, begins), inputs))
    return Moves(begins, ends)


def _starts(step: StepMap, visited: Array, before: Seen | None) -> Array:
    """Whole states to look for fixed points from: some visited, some drawn about them, and where there were some."""
    rng = np.random.default_rng(step.size)
    count = int(np.clip(WORK // max(1, step.size) ** 2, 8, STARTS))
    known = visited.reshape(-1, step.size)
    known = known[np.isfinite(known).all(1)]
    if not len(known):
        known = np.zeros((1, step.size))
    low, high = known.min(0), known.max(0)
    reach = 0.1 * (high - low) + 1e-3
    starts = rng.uniform(low - reach, high + reach, (count, step.size))
    starts[::2] = known[rng.integers(len(known), size=len(starts[::2]))]
    stays = before.stays if before is not None and before.stays is not None else ()
    kept = [stay.point.state for stay in stays if len(stay.point.state) == step.size][: count // 2]
    if kept:
        starts[1 : 2 * len(kept) : 2] = kept
    return starts


def _stays(step: StepMap, inputs: Inputs, plane: Plane, points: tuple[FixedPoint, ...]) -> tuple[Stay, ...]:
    if not points:
        return ()
    places = plane.project(step.node_after(np.stack([point.state for point in points]), inputs))
    return tuple(Stay(place, point) for place, point in zip(places, points, strict=True))
