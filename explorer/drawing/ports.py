"""Spread the places where lines meet a box over its sides, so that no two of them meet it at one point."""

from collections.abc import Hashable, Mapping

from msgspec import Struct

from explorer.drawing.connections import Connection
from explorer.drawing.geometry import Rect
from explorer.drawing.lanes import Routing
from explorer.drawing.places import Place
from explorer.drawing.routes import Route, Side

LANDING = 0.28
"""How far from the middle of a side a single line from above or below lands there, as a share of the height."""
OUTERMOST, INNERMOST = 0.42, 0.16
APART = 27.0
"""Distance of two lines along the upper or the lower side."""
FAR = 1e4


class Ports(Struct, frozen=True):
    """Along its side, how far from the middle each connection leaves its source and arrives at its target."""

    leaves: Mapping[Connection, float]
    arrives: Mapping[Connection, float]


class _End(Struct, frozen=True):
    """Lines that meet a side at one point: `toward`, where they come from or go to along the side; None: the middle."""

    key: Hashable
    toward: float | None
    lane: float
    connections: tuple[Connection, ...]
    leaves: bool


def ports(view: Routing, places: Mapping[str, Place], keys: Mapping[Connection, Hashable], together: bool) -> Ports:
    """The ports of one of the two drawings; `together`: what is fed back in one another's place lands apart."""
    sides: dict[tuple[str, Side], dict[Hashable, list[tuple[Connection, bool]]]] = {}
    looped = set[tuple[str, Side]]()
    for c, route in view.routes.items():
        if route.loop:
            looped.add((c.source, route.leaves))
            continue
        key: Hashable = ("in", c.target, c if together else (c.weight or c.source, c.lag, c.shared))
        sides.setdefault((c.source, route.leaves), {}).setdefault(("out", c.source, keys[c]), []).append((c, True))
        sides.setdefault((c.target, route.arrives), {}).setdefault(key, []).append((c, False))
    leaves: dict[Connection, float] = {}
    arrives: dict[Connection, float] = {}
    for (name, side), users in sides.items():
        ends = [_end(key, found, view, places) for key, found in users.items()]
        place = places[name]
        if place.round:
            offsets = dict.fromkeys((end.key for end in ends), 0.0)
        elif side.upright:
            offsets = _upright(ends, place.rect, (name, side) in looped)
        else:
            offsets = _level(ends, place.rect)
        for end in ends:
            (leaves if end.leaves else arrives).update(dict.fromkeys(end.connections, offsets[end.key]))
    return Ports(leaves, arrives)


def _end(key: Hashable, found: list[tuple[Connection, bool]], view: Routing, places: Mapping[str, Place]) -> _End:
    c, leaving = found[0]
    route = view.routes[c]
    here, other = (c.source, c.target) if leaving else (c.target, c.source)
    upright = (route.leaves if leaving else route.arrives).upright
    if route.level or (upright and not route.lanes):
        toward = None
    elif upright:
        gap = route.into if leaving else route.over
        row = places[other].row if gap is None else gap - 0.5
        toward = -1.0 if row >= places[here].row else 1.0
    else:
        toward = _sideways(c, route, leaving, places)
    return _End(key, toward, view.beside.get(c, 0.0), tuple(connection for connection, _ in found), leaving)


def _sideways(c: Connection, route: Route, leaving: bool, places: Mapping[str, Place]) -> float | None:
    """Where along a level side a line goes to; None if it runs straight up or down."""
    here, other = (c.source, c.target) if leaving else (c.target, c.source)
    if route.beside is not None:
        return -FAR if route.beside is Side.LEFT else FAR
    if places[here].segment != places[other].segment:
        return (None if places[here].lone else FAR) if leaving else -FAR
    if c.shared and route.over is not None:
        return -FAR if leaving else FAR
    if c.lag and not route.lanes:  # from a child up to its parent
        return None if leaving else -FAR if c.lag > 0 else FAR
    if c.lag and route.over is not None:
        return FAR * (1 if (c.lag > 0) == leaving else -1)
    away = places[other].rect.cx - places[here].rect.cx
    return None if abs(away) < 1.0 and route.over is None else away


def _upright(ends: list[_End], rect: Rect, looped: bool) -> dict[Hashable, float]:
    """The middle is for what runs level; what comes from above lands above, the outer lanes nearer to the middle."""
    found: dict[Hashable, float] = {end.key: 0.0 for end in ends if end.toward is None}
    others = [end for end in ends if end.toward is not None]
    if len(ends) == 1 and others and others[0].leaves and not looped:
        return {others[0].key: 0.0}
    for way in (-1.0, 1.0):
        beyond = sorted((end for end in others if end.toward == way), key=lambda end: end.lane)
        for i, end in enumerate(beyond):
            share = OUTERMOST if looped and way > 0 else LANDING
            if len(beyond) > 1:
                share = OUTERMOST - (OUTERMOST - (LANDING if looped else INNERMOST)) * i / (len(beyond) - 1)
            found[end.key] = way * share * rect.height
    return found


def _level(ends: list[_End], rect: Rect) -> dict[Hashable, float]:
    """What runs straight keeps the middle, all others stand beside in the order of where they come from."""
    straight = {end.key: 0.0 for end in ends if end.toward is None}
    others = sorted((end for end in ends if end.toward is not None), key=lambda end: end.toward or 0.0)
    left = [end for end in others if (end.toward or 0.0) < 0]
    right = [end for end in others if (end.toward or 0.0) >= 0]
    if not straight:
        step = min(APART, (rect.width - 20.0) / max(1, len(others) - 1))
        return {end.key: (i - (len(others) - 1) / 2) * step for i, end in enumerate(others)}
    while len(left) > len(right) + 1 and left[-1].toward == -FAR:
        right.insert(0, left.pop())  # what comes by a lane reaches either side, and its name wants room
    step = min(APART, (rect.width / 2 - 10.0) / max(1, len(left), len(right)))
    beside = {end.key: -step * (len(left) - i) for i, end in enumerate(left)}
    return straight | beside | {end.key: step * (i + 1) for i, end in enumerate(right)}
