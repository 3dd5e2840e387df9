"""Find what is wrong with a drawing: what lies on something else, and what runs through something else.

It knows nothing of how places are chosen: it samples the lines and compares them with rectangles.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from explorer.drawing.cell_frames import frame
from explorer.drawing.drawn_graph import Geometry
from explorer.drawing.geometry import Path, Rect, beside_back, centred
from explorer.drawing.places import Shape
from explorer.graph.unfold import Edge, Vertex

Points = NDArray[np.float64]

NAME = 15.5
"""How high the name of a parameter is at scale 1, as the painter has it."""
DELAY = 11.0
TOUCH = 2.0
"""So much may two things overlap, in units."""
BACK = 6.0
"""Distance of a gradient's arrow from its edge."""
BESIDE = 2.5
STRETCH = 16.0
"""Two lines that are nearer than `BESIDE` over so long a stretch lie on one another."""
_SHARE = np.linspace(0.0, 1.0, 25)[1:]
BERNSTEIN = np.stack([(1 - _SHARE) ** 3, 3 * _SHARE * (1 - _SHARE) ** 2, 3 * _SHARE**2 * (1 - _SHARE), _SHARE**3], 1)
"""What the four points of a cubic curve weigh at 24 places along it, the last at its end: (24, 4)."""


class Line(NamedTuple):
    """An edge with the points along it, how far each is from the one before, and the rectangle around them."""

    edge: Edge
    points: Points
    steps: Points
    rect: Rect

    @property
    def said(self) -> str:
        weight = f" by {self.edge.weight}" if self.edge.weight else ""
        return f"{said(self.edge.source)}→{said(self.edge.target)}{weight}"


class Thing(NamedTuple):
    """Something of its own extent; `of` holds the vertices and the edges that it belongs to."""

    said: str
    rect: Rect
    of: tuple[object, ...]
    disc: bool = False


A = TypeVar("A", Line, Thing)
B = TypeVar("B", Line, Thing)


def said(vertex: Vertex) -> str:
    return f"{vertex.name}({vertex.t})"


def faults(geometry: Geometry) -> list[str]:
    """All faults of a drawing that is unfolded or folded, each in a few words."""
    lines, boxes, captions = list(_lines(geometry)), list(_boxes(geometry)), list(_captions(geometry))
    everything, frames = {*geometry.ghosts, *geometry.graph.vertices}, list(_frames(geometry))
    marks = [*_labels(geometry, lines), *_tags(geometry, lines), *_delays(geometry, lines)]
    still, gradients = (*boxes, *captions), list(_gradients(geometry, lines))
    found = [f"{a.said} on {b.said}" for a, b in _two_of(still) if _meet(a, b)]
    found += [f"{a.said} on {b.said}" for a, b in _near(marks, still) if _meet(a, b)]
    found += [f"{a.said} on {b.said}" for a, b in _two_of(marks) if _meet(a, b) and not set(a.of) & set(b.of)]
    found += [f"{a.said} on {b.said}" for a, b in _near(frames, boxes) if _meets(a, b)]
    found += [f"{a.said} on {b.said}" for a, b in _two_of(frames) if _meet(a, b)]
    found += [f"{line.said} through {box.said}" for line, box in _near(lines, boxes) if _through(line, box)]
    found += [f"{line.said} through {x.said}" for line, x in _near(lines, (*marks, *captions)) if _struck(line, x)]
    found += [f"gradient of {line.said} through {x.said}" for line, x in _near(gradients, marks) if _struck(line, x)]
    found += [f"{a.said} along {b.said}" for a, b in _two_of(lines) if _along(a, b, everything)]
    found += [f"{line.said} out of bounds" for line in lines if _outside(geometry, line)]
    found += [f"{m.said} out of bounds" for m in marks if m.rect.x < geometry.bounds.x - 1 or m.rect.y < -1]
    return list(dict.fromkeys(found))


def boxes_apart(geometry: Geometry) -> list[str]:
    """The boxes of what stays while a drawing folds that lie on one another."""
    boxes = [Thing(said(v), geometry.node(v), (v,)) for v in geometry.front_vertices]
    return [f"{a.said} on {b.said}" for a, b in combinations(boxes, 2) if _meet(a, b)]


def sampled(path: Path) -> Points:
    """Points along a path, nowhere more than two units apart."""
    ends = [path.start, *(curve[2] for curve in path.curves)]
    cubics = np.array([(start, *curve) for start, curve in zip(ends[:-1], path.curves, strict=True)])
    points = np.concatenate([cubics[:1, 0], (BERNSTEIN @ cubics).reshape(-1, 2)])
    along = np.concatenate([[0.0], np.hypot(*np.diff(points, axis=0).T).cumsum()])
    at = np.linspace(0.0, along[-1], max(2, int(along[-1] / 2.0)))
    return np.stack([np.interp(at, along, points[:, 0]), np.interp(at, along, points[:, 1])], axis=1)


def _line(edge: Edge, path: Path) -> Line:
    points = sampled(path)
    (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return Line(edge, points, np.hypot(*np.diff(points, axis=0).T), Rect(left, top, right - left, bottom - top))


def _lines(geometry: Geometry) -> Iterator[Line]:
    edges = geometry.front_edges if geometry.fold == 1 else geometry.graph.edges
    for edge in dict.fromkeys(edges):
        yield _line(edge, geometry.path(edge))
    for edge, path in geometry.alternatives if geometry.fold == 1 else ():
        yield _line(edge, path)


def _gradients(geometry: Geometry, lines: list[Line]) -> Iterator[Line]:
    """Where gradients come back beside the edges, on the side where the name is not."""
    for edge, *_ in lines:
        if edge.stop is None and edge not in _alternatives(geometry):
            yield _line(edge, beside_back(geometry.path(edge), geometry.gradient_side(edge), BACK))


def _boxes(geometry: Geometry) -> Iterator[Thing]:
    shown = geometry.front_vertices if geometry.fold == 1 else (*geometry.graph.vertices, *geometry.ghosts)
    for vertex in shown:
        disc = geometry.places[vertex.name].shape in (Shape.LOSS, Shape.TARGET) and vertex not in geometry.ghosts
        yield Thing(said(vertex), geometry.node(vertex), (vertex,), disc)


def _frames(geometry: Geometry) -> Iterator[Thing]:
    """The frames of open cells, with all that is inside."""
    shown = geometry.front_vertices if geometry.fold == 1 else geometry.graph.vertices
    for vertex in shown:
        rect = frame(geometry, vertex)
        if rect is not None:
            inside = tuple(Vertex(name, vertex.t) for name in geometry.open_cells[vertex.name])
            yield Thing(f"cell of {said(vertex)}", rect, inside)


def _meets(cell: Thing, box: Thing) -> bool:
    return not set(cell.of) & set(box.of) and _meet(cell, box)


def _captions(geometry: Geometry) -> Iterator[Thing]:
    """The names that the painter writes beside the circles of losses and above those of targets."""
    for box in _boxes(geometry):
        (vertex,) = box.of
        assert isinstance(vertex, Vertex)
        rect, shape = box.rect, geometry.places[vertex.name].shape
        if box.disc and shape is Shape.LOSS:
            yield Thing(f"name of {box.said}", Rect(rect.x - 28, rect.y - 6, 24, 14), (vertex,))
        elif box.disc:
            yield Thing(f"name of {box.said}", Rect(rect.cx - 12, rect.y - 16, 24, 14), (vertex,))


def _labels(geometry: Geometry, lines: list[Line]) -> Iterator[Thing]:
    for edge, *_ in lines:
        if edge in _alternatives(geometry):
            continue
        label = geometry.label(edge)
        if label is None:
            continue
        width = NAME * width_of(label.text)
        x = label.at.x + label.side.x * (5.0 + width / 2 + NAME * 0.15)
        y = label.at.y + label.side.y * NAME * 0.75
        if label.beside_delay:
            x += label.side.x * NAME * 0.5
        yield Thing(f"{edge.weight} of {said(edge.target)}", centred(x, y, width, NAME), (edge,))


def width_of(text: str) -> float:
    """The width of a parameter's name in the unit of its height: a letter, and what is small beside it."""
    plain = text.replace("\\alpha", "a")
    head, _, rest = plain.partition("_" if "_" in plain else "^")
    small = len(rest.strip("{}"))
    return 0.68 * len(head) + 0.42 * small


def _tags(geometry: Geometry, lines: list[Line]) -> Iterator[Thing]:
    for edge, *_ in lines:
        if edge.source.t >= 1 and edge not in _alternatives(geometry):
            for name in geometry.tagged(edge):
                yield Thing(f"tag {name} of {said(edge.target)}", geometry.tag(edge, name), (edge,))


def _delays(geometry: Geometry, lines: list[Line]) -> Iterator[Thing]:
    for edge, *_ in lines if geometry.fold == 1 else ():
        other = dict(geometry.alternatives).get(edge)
        at = geometry.delay(edge) if other is None else geometry.delay_on(edge, other)
        if at is not None:
            # Edges that have not parted yet have one square.
            trunk = [e for e, points, *_ in lines if e.source == edge.source and np.hypot(*(points - at).T).min() < 1.5]
            name = f"delay of {said(edge.source)}→{said(edge.target)}"
            yield Thing(name, centred(*at, DELAY, DELAY), (edge, *trunk))
            if other is None and abs(geometry.steps_of(edge)) > 1:
                # How many steps it delays by, on the side of the column.
                ahead = 1 if geometry.steps_of(edge) > 0 else -1
                yield Thing(f"number of {name}", centred(at.x - ahead * 13.0, at.y, 9.0, 12.0), (edge, *trunk))


def _alternatives(geometry: Geometry) -> set[Edge]:
    return {edge for edge, _ in geometry.alternatives} if geometry.fold == 1 else set()


def _meet(a: Thing, b: Thing) -> bool:
    if a.disc and b.disc:
        return bool(np.hypot(a.rect.cx - b.rect.cx, a.rect.cy - b.rect.cy) < (a.rect.width + b.rect.width) / 2)
    apart = (
        a.rect.right - TOUCH <= b.rect.x,
        b.rect.right - TOUCH <= a.rect.x,
        a.rect.bottom - TOUCH <= b.rect.y,
        b.rect.bottom - TOUCH <= a.rect.y,
    )
    return not any(apart)


def _near(these: Sequence[A], those: Sequence[B]) -> Iterator[tuple[A, B]]:
    """The pairs whose rectangles are no more than `BESIDE` apart: what is in others need not be compared."""
    left, top, width, height = _rects(these).T[..., np.newaxis] - BESIDE * np.array([1, 1, -2, -2])[:, None, None]
    x, y, across, down = _rects(those).T
    near = (left <= x + across) & (x <= left + width) & (top <= y + down) & (y <= top + height)
    return ((these[i], those[j]) for i, j in np.argwhere(near).tolist())


def _rects(things: Sequence[Line | Thing]) -> Points:
    return np.array([thing.rect for thing in things], float).reshape(-1, 4)


def _two_of(things: Sequence[A]) -> Iterator[tuple[A, A]]:
    """The same of every two of these, each pair once and in order."""
    order = {id(thing): i for i, thing in enumerate(things)}
    return ((a, b) for a, b in _near(things, things) if order[id(a)] < order[id(b)])


def _enters(line: Line, rect: Rect, margin: float, disc: bool = False) -> bool:
    """Whether a line comes into a rectangle, or the circle in it, by more than `margin`."""
    x, y = line.points.T
    if disc:
        inside = np.hypot(x - rect.cx, y - rect.cy) < rect.width / 2 - margin
    else:
        inside = (x > rect.x + margin) & (x < rect.right - margin) & (y > rect.y + margin) & (y < rect.bottom - margin)
    return bool(inside.any())


def _through(line: Line, box: Thing) -> bool:
    margin = 3.0 if set(box.of) & {line.edge.source, line.edge.target} else 0.5
    return _enters(line, box.rect, margin, box.disc)


def _struck(line: Line, thing: Thing) -> bool:
    """Whether a line strikes a name, or what stands on another line; its own marks may stand on it, not its name."""
    if line.edge in thing.of and not thing.said.startswith(f"{line.edge.weight} of"):
        return False
    return _enters(line, thing.rect, TOUCH)


def _along(a: Line, b: Line, drawn: set[Vertex]) -> bool:
    """Whether two lines lie on one another; from one source they may as long as they have not parted.

    Steps of one node that are all read by one vertex may once they have joined. So may those that come out of, or lead
    into, what is left out and shown as dots.
    """
    if (a.edge.source, a.edge.target) == (b.edge.source, b.edge.target):
        return False
    if a.edge.target == b.edge.target and (a.edge.source.name, a.edge.weight) == (b.edge.source.name, b.edge.weight):
        return False
    left_out = [{v.name for v in (line.edge.source, line.edge.target) if v not in drawn} for line in (a, b)]
    if left_out[0] & left_out[1]:
        return False
    here, there = _beside(a, b), _beside(b, a)
    if a.steps[here[1:] & here[:-1]].sum() <= STRETCH or not there.any():
        return False  # most lines only cross, or meet at an end
    near = np.zeros(len(a.points), bool)
    across, down = (p[:, None] - q for p, q in zip(a.points[here].T, b.points[there].T, strict=True))
    near[here] = (across**2 + down**2 < BESIDE**2).any(axis=1)
    if a.edge.source == b.edge.source and near.any():
        near[: int(np.argmin(near)) if not near.all() else len(near)] = False
    return _longest(near[1:] & near[:-1], a.steps) > STRETCH


def _beside(line: Line, other: Line) -> NDArray[np.bool_]:
    """The points of a line that are near the rectangle around another."""
    (x, y), around = line.points.T, other.rect
    across: NDArray[np.bool_] = (x > around.x - BESIDE) & (x < around.right + BESIDE)
    return across & (y > around.y - BESIDE) & (y < around.bottom + BESIDE)


def _longest(run: NDArray[np.bool_], steps: Points) -> float:
    best = length = 0.0
    for inside, step in zip(run.tolist(), steps.tolist(), strict=True):
        length = length + step if inside else 0.0
        best = max(best, length)
    return best


def _outside(geometry: Geometry, line: Line) -> bool:
    bounds = geometry.bounds
    x, y = line.points[:, 0], line.points[:, 1]
    everything = {*geometry.ghosts, *geometry.graph.vertices}
    if geometry.fold == 0 and not everything.issuperset((line.edge.source, line.edge.target)):
        return False
    return bool((x < bounds.x - 1).any() or (x > bounds.right + 1).any() or (y < -1).any() or (y > bounds.bottom).any())
