"""Set the columns of each stretch of time side by side, and what stands alone beside or below them."""

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from explorer.drawing.connections import Connection
from explorer.drawing.lanes import FIRST, Lanes
from explorer.drawing.names import OFF
from explorer.drawing.places import CHANNEL, Place
from explorer.drawing.routes import Side
from explorer.drawing.steps import Steps, joined

GHOST = (44.0, 54.0)
"""Size of a state before the first step, which is drawn small."""
GHOSTS_APART = 22.0


class Extent(Struct, frozen=True):
    """How far something reaches from the middle of a column, to the left (below 0) and to the right."""

    left: float
    right: float


class Segment(Struct, frozen=True):
    """The columns of one stretch of time; its step t is the (before + t)-th of the whole drawing.

    `start` is the middle of its first column, `folded` that of the one it folds into.
    """

    name: str
    before: int
    steps: Steps
    pitch: float
    start: float
    folded: float
    columns: tuple[float, ...] = ()
    """In a tree, the column of each step, counted from 0."""
    lifts: tuple[float, ...] = ()
    """In a tree, how far each step stands above the lowest."""

    def x(self, t: int) -> float:
        """The middle of the column of step t, while unfolded."""
        column = self.columns[t - 1] if self.columns and 1 <= t <= self.steps.T else self.steps.column(t)
        return self.start + column * self.pitch

    def lift(self, t: int) -> float:
        """How far step t stands above the lowest, while unfolded."""
        return self.lifts[t - 1] if self.lifts else 0.0

    @property
    def end(self) -> float:
        """The middle of the last column."""
        return self.start + (max(self.columns) if self.columns else len(self.steps.starts) - 1) * self.pitch


class Arrangement(Struct, frozen=True, dict=True):
    """Where columns stand: the segments in order, and what has a column of its own, unfolded and folded."""

    segments: tuple[Segment, ...]
    lone: Mapping[str, tuple[float, float]]
    steps: Steps
    """The steps of all segments, one after another."""

    def at(self, index: int) -> tuple[Segment, int]:
        """The segment and its step of the index-th step of all."""
        for segment in reversed(self.segments):
            if index > segment.before:
                return segment, index - segment.before
        return self.segments[0], index - self.segments[0].before


def arranged(
    places: Mapping[str, Place],
    steps: Mapping[str, Steps],
    lanes: Lanes,
    centred: Collection[str],
    written: Mapping[Connection, str],
    before: Mapping[str, int],
    after: Mapping[str, int],
    stood: tuple[float, ...],
    lifts: tuple[float, ...],
) -> Arrangement:
    """Place the segments, whose steps are given in order; `before` and `after` count the states drawn outside each.

    In a tree `stood` and `lifts` are the column and the height of each step.
    """
    segments: list[Segment] = []
    lone: dict[str, tuple[float, float]] = {}
    x = folded = 0.0
    count = 0
    for name, own in steps.items():
        within = [place.name for place in places.values() if place.segment == name]
        reach, wide = _reach(places, within), _reach(places, within, targets=True)
        left, right = (lanes.width(False, side, within) for side in (Side.LEFT, Side.RIGHT))
        channel = max(CHANNEL + max(0.0, left - FIRST), lanes.channel(within, written))
        channel += right + FIRST if right else 0.0
        pitch = max(128.0, reach.right - reach.left + channel)
        inner, outer = (lanes.width(True, side, within) for side in (Side.LEFT, Side.RIGHT))
        for place in places.values():
            free = place.lone and place.name not in (*lone, *centred) and _owner(place, places, lanes) is None
            if free and name in _readers(place, places, lanes):
                x, folded = (edge + (CHANNEL if lone or segments else 0.0) for edge in (x, folded))
                lone[place.name] = x + place.rect.width / 2, folded + place.rect.width / 2
                x, folded = x + place.rect.width, folded + place.rect.width
        if segments or lone:
            x += (before[name] * (GHOST[0] + GHOSTS_APART) + channel if before[name] else CHANNEL) - reach.left
            folded += max(CHANNEL, inner + 2 * OFF) - reach.left
        segments.append(Segment(name, count, own, pitch, x, folded, stood, lifts))
        x = segments[-1].end + wide.right + (after[name] * (GHOST[0] + GHOSTS_APART) + channel if after[name] else 0.0)
        folded += max(wide.right, reach.right + (outer + 4 * OFF if outer else 0.0))
        count += own.T
        for place in places.values():
            if place.lone and _owner(place, places, lanes) == name:
                x, folded = (edge + CHANNEL + place.rect.width / 2 for edge in (x, folded))
                lone[place.name] = x, folded
                x, folded = (middle + place.rect.width / 2 for middle in (x, folded))
    placed = _about(tuple(segments), lone)
    for place in places.values():
        if place.lone and place.name not in placed[1]:
            read = _readers(place, places, lanes)
            found = [s for s in placed[0] if s.name in read] or list(placed[0])
            middle = (found[0].start + found[-1].end) / 2
            folded = (found[0].folded + found[-1].folded) / 2
            placed[1][place.name] = middle + place.rect.cx, folded + place.rect.cx
    whole = joined([segment.steps for segment in placed[0]])
    return Arrangement(*placed, whole)


def _about(
    segments: tuple[Segment, ...], lone: dict[str, tuple[float, float]]
) -> tuple[tuple[Segment, ...], dict[str, tuple[float, float]]]:
    """Folded, about the same middle as unfolded."""
    apart = (segments[0].start + segments[-1].end) / 2
    off = apart - (segments[0].folded + segments[-1].folded) / 2
    moved = tuple(replace(segment, folded=segment.folded + off) for segment in segments)
    return moved, {name: (x, folded + off) for name, (x, folded) in lone.items()}


def _owner(place: Place, places: Mapping[str, Place], lanes: Lanes) -> str | None:
    """The segment after whose columns something stands that is computed from it; None for an input without time."""
    into = [c.source for c in lanes.unfolded.routes if c.target == place.name]
    return next((places[name].segment for name in into if not places[name].lone), None)


def _readers(place: Place, places: Mapping[str, Place], lanes: Lanes) -> set[str]:
    return {places[c.target].segment for c in lanes.unfolded.routes if c.source == place.name}


def reach_of(places: Iterable[Place], targets: bool) -> Extent:
    """How far boxes reach from the middle of their column; a target stands in the channel, where only its edges run."""
    boxes = [p.rect for p in places if targets or p.shape is not p.shape.TARGET]
    if not boxes:
        return Extent(-38.0, 38.0)
    return Extent(min(box.x for box in boxes), max(box.right for box in boxes))


def _reach(places: Mapping[str, Place], within: Iterable[str], targets: bool = False) -> Extent:
    return reach_of([places[name] for name in within], targets)
