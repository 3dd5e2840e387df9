"""Give each route lanes of its own: upright ones beside the column, level ones in the gaps between rows."""

from collections.abc import Hashable, Iterable, Mapping

from msgspec import Struct

from explorer.drawing.connections import Connection
from explorer.drawing.names import OFF, name_width
from explorer.drawing.places import CHANNEL
from explorer.drawing.routes import Route, Routes, Side

ROW_GAP = 36.0
LEVEL_LANE = 10.0
"""Distance of two lanes in a gap, by which each makes it higher."""
CORNERS = 6.0
"""What a gap with lanes is higher than names and arrows need, for round corners."""
FIRST = 0.36 * CHANNEL
"""Distance of the first upright lane from the column."""
BARE, NAMED = 14.0, 14.0
"""Distance of an upright lane from the one within, and what is added to the width of that one's name."""
LOOP, AROUND = 34.0, 44.0
"""Distance from the folded column of the first loop: into the same box, or around others."""
ASIDE = 8.0
"""Room between a name in the channel and what is beside it."""
LOOP_BARE, LOOP_NAMED = 28.0, 21.0
NUMBER = 20.0
"""Room for how many steps a delay is, if not one, between its square and the loop within."""


class Routing(Struct, frozen=True):
    """The routes of one of the two drawings, unfolded or folded, and where their lanes are.

    `beside` has the distances of upright lanes from the column's side. A level lane in a gap is (above, i), the i-th
    from the row above it, or (below, i), from the row below.
    """

    routes: Mapping[Connection, Route]
    beside: Mapping[Connection, float]
    level: Mapping[tuple[Connection, int], tuple[bool, int]]

    def y(self, c: Connection, gap: int, turn: int, top: float, bottom: float) -> float:
        """The height of a lane in a gap from `top` to `bottom`; `turn` counts where a connection has several."""
        above, i = self.level[c, gap]
        away = LEVEL_LANE * (i + turn + 1)
        return top + away if above else bottom - away


class Lanes(Struct, frozen=True):
    """The lanes of both drawings, which share their rows and the gaps between them."""

    unfolded: Routing
    folded: Routing
    keys: Mapping[Connection, Hashable]
    gaps: Mapping[int, float]
    """The height of each gap that has lanes; gap g is below row g."""

    def channel(self, names: Iterable[str], written: Mapping[Connection, str]) -> float:
        """The room between two columns that the names in it take: on what runs level, and beside the outermost lane."""
        within, found = set(names), [0.0]
        for c, route in self.unfolded.routes.items():
            if written[c] and c.lag and _column(c, self.unfolded) in within:
                if route.level:
                    found.append(name_width(written[c]) + 2 * ASIDE)
                elif route.beside is not None and route.into is None:
                    found.append(self.unfolded.beside[c] + OFF + name_width(written[c]) + ASIDE)
        return max(found)

    def width(self, folded: bool, side: Side, names: Iterable[str]) -> float:
        """How far the lanes of a segment's columns reach out to one side; 0 without any."""
        view, within = self.folded if folded else self.unfolded, set(names)
        return max(
            (d for c, d in view.beside.items() if _side(view.routes[c]) is side and _column(c, view) in within),
            default=0.0,
        )


def lanes(routes: Routes, unfolded: Iterable[Connection], folded: Iterable[Connection]) -> Lanes:
    """The lanes of all connections of the two drawings."""
    apart = {c: routes.unfolded(c) for c in unfolded}
    together = {c: routes.folded(c) for c in folded}
    keys: dict[Connection, Hashable] = {c: _key(routes, c) for c in (*apart, *together)}
    own: dict[Connection, Hashable] = {c: routes.bundles.get(c) or c for c in together}
    level, heights = _level(apart, keys)
    level_together, heights_together = _level(together, own)
    return Lanes(
        unfolded=Routing(apart, _upright(routes, apart, keys, folded=False), level),
        folded=Routing(together, _upright(routes, together, own, folded=True), level_together),
        keys=keys,
        gaps={gap: max(h.get(gap, 0.0) for h in (heights, heights_together)) for gap in heights | heights_together},
    )


def _key(routes: Routes, c: Connection) -> Hashable:
    """What shares its lanes: a bundle; and what is fed back in one another's place, of which a step has one."""
    if c in routes.bundles:
        together = (o for o, key in routes.bundles.items() if key == routes.bundles[c])
        return c.lag, frozenset((o.target, o.weight or o.source) for o in together)
    return c.target, c.weight or c.source, c.lag, c.shared


def _level(
    chosen: Mapping[Connection, Route], keys: Mapping[Connection, Hashable]
) -> tuple[dict[tuple[Connection, int], tuple[bool, int]], dict[int, float]]:
    """The level lanes of one drawing, of which those with the same key share one, and how high it needs each gap."""
    shared: dict[tuple[Hashable, int], tuple[bool, int]] = {}
    found: dict[tuple[Connection, int], tuple[bool, int]] = {}
    counts: dict[tuple[int, bool], int] = {}
    for c, route in chosen.items():
        for gap, above in _gaps(route):
            if (keys[c], gap) not in shared:
                first = counts.get((gap, above), 0)
                shared[keys[c], gap] = above, first
                counts[gap, above] = first + max(1, abs(c.lag))
            found[c, gap] = shared[keys[c], gap]
    heights: dict[int, float] = {}
    for (gap, _), count in counts.items():
        heights[gap] = heights.get(gap, ROW_GAP + CORNERS) + LEVEL_LANE * count
    return found, heights


def _gaps(route: Route) -> list[tuple[int, bool]]:
    """The gaps of a route, and whether its lane is near the row above: away from the target, for its name stands there.

    The lane by which a box is left is next to that box.
    """
    found = []
    if route.over is not None:
        beside = route.beside is not None
        found.append((route.over, route.leaves is Side.BOTTOM if beside else route.arrives is Side.TOP))
    if route.into is not None:
        found.append((route.into, route.arrives is Side.TOP))
    return found


def _side(route: Route) -> Side | None:
    return route.leaves if route.loop else route.beside


def _column(c: Connection, view: Routing) -> str:
    """The node beside whose column the upright lane is."""
    return c.source if view.routes[c].at_source else c.target


def _upright(
    routes: Routes, chosen: Mapping[Connection, Route], keys: Mapping[Connection, Hashable], folded: bool
) -> dict[Connection, float]:
    """Lanes that share rows are apart, the shorter ones nearer to the column."""
    groups: dict[tuple[object, ...], list[Connection]] = {}
    for c, route in chosen.items():
        side = _side(route)
        if side is not None:
            segment = routes.places[c.source if route.at_source else c.target].segment
            shared: object = (c.source, c.lag) if route.loop else keys[c]
            groups.setdefault((segment, side, shared), []).append(c)
    spans = {group: _span(routes, [(c, chosen[c]) for c in found]) for group, found in groups.items()}
    lane_of: dict[tuple[object, ...], int] = {}
    taken: dict[tuple[object, ...], list[list[tuple[float, float]]]] = {}
    for group in sorted(groups, key=lambda g: spans[g][1] - spans[g][0]):
        low, high = spans[group]
        stack = taken.setdefault(group[:2], [])
        lane = next(i for i in range(len(stack) + 1) if i == len(stack) or _clear(stack[i], low, high))
        if lane == len(stack):
            stack.append([])
        stack[lane].append((low, high))
        lane_of[group] = lane
    found: dict[Connection, float] = {}
    for group, lane in lane_of.items():
        beside = {other: i for other, i in lane_of.items() if other[:2] == group[:2]}
        away = _first(groups, chosen, beside, folded)
        for inner in range(lane):
            names = [routes.written[c] for other, i in beside.items() if i == inner for c in groups[other]]
            bare, named = (LOOP_BARE, LOOP_NAMED) if folded else (BARE, NAMED)
            away += max([bare, *(named + name_width(name) for name in names if name)])
        if folded and lane and any(abs(c.lag) > 1 for c in groups[group]):
            away += NUMBER
        found |= dict.fromkeys(groups[group], away)
    return found


def _first(
    groups: Mapping[tuple[object, ...], list[Connection]],
    chosen: Mapping[Connection, Route],
    beside: Mapping[tuple[object, ...], int],
    folded: bool,
) -> float:
    if not folded:
        return FIRST
    innermost = [chosen[c] for group, lane in beside.items() if lane == 0 for c in groups[group]]
    return LOOP if any(route.loop for route in innermost) else AROUND


def _clear(taken: Iterable[tuple[float, float]], low: float, high: float) -> bool:
    return all(high < a or b < low for a, b in taken)


def _span(routes: Routes, found: Iterable[tuple[Connection, Route]]) -> tuple[float, float]:
    """From the lowest to the highest row or gap of an upright lane."""
    ends = []
    for c, route in found:
        ends.append(routes.places[c.source].row if route.over is None else route.over - 0.5)
        ends.append(routes.places[c.target].row if route.into is None else route.into - 0.5)
    return min(ends), max(ends)
