"""Ask which columns a drawing has, and where they are: one for each step that is drawn."""

from collections.abc import Mapping

from msgspec import Struct

from explorer.drawing.geometry import Point, Rect
from explorer.drawing.leading import Lines
from explorer.drawing.places import Place
from explorer.drawing.segments import Arrangement, reach_of
from explorer.drawing.steps import Steps
from explorer.graph.unfold import Graph, Vertex


class Columns(Struct, frozen=True, eq=False, kw_only=True, dict=True):
    """The columns of a drawing. The steps of all segments are counted through, from 1."""

    graph: Graph
    """Without what stands in steps that are left out; edges from there and to there are kept."""
    places: Mapping[str, Place]
    lines: Lines
    height: float
    fold: float
    front: int
    """The step that the folded column shows."""
    squeeze: float = 1.0
    """How much narrower boxes are shown in the whole unfolded drawing than in the folded one."""

    @property
    def arrangement(self) -> Arrangement:
        """Where the columns of the segments stand."""
        return self.lines.arrangement

    @property
    def steps(self) -> Steps:
        """Which steps of all have a column of their own."""
        return self.arrangement.steps

    @property
    def pitch(self) -> float:
        """The distance of two neighbouring columns while unfolded: the least of all segments."""
        return min(segment.pitch for segment in self.arrangement.segments)

    @property
    def gathered(self) -> float:
        """How far the columns have come, as a share of their way: ahead of `fold` where boxes grow on it.

        On the screen, where a unit grows in step with `fold`, both then move evenly.
        """
        return self.fold / (self.fold + (1 - self.fold) * self.squeeze)

    @property
    def tree(self) -> bool:
        """Whether steps are the nodes of a tree, not one after another."""
        return self.graph.network.tree is not None

    def index(self, vertex: Vertex) -> int | None:
        """Which of all steps, counted from 1, a vertex is in the column of; None for what stands alone."""
        segment = self.lines.segment_of(vertex.name)
        return None if segment is None else segment.before + vertex.t

    def step(self, index: int) -> int:
        """The number of a step within its segment."""
        return self.arrangement.at(index)[1]

    def indices(self, t: int) -> list[int]:
        """The columns of step t in all segments."""
        return [s.before + t for s in self.arrangement.segments if 0 <= t <= s.steps.T + 1]

    @property
    def front_columns(self) -> list[int]:
        """The column of each segment that the folded drawing shows."""
        return [s.before + min(self.front, s.steps.T) for s in self.arrangement.segments]

    def x(self, index: int) -> float:
        """The middle of the column of a step."""
        segment, t = self.arrangement.at(index)
        return segment.x(t) + (segment.folded - segment.x(t)) * self.gathered

    def index_at(self, x: float) -> int:
        """The step whose column is nearest to a place along the unfolded drawing."""
        segments = self.arrangement.segments
        segment = min(segments, key=lambda s: max(s.start - x, x - s.end, 0.0))
        column = min(max(round((x - segment.start) / segment.pitch), 0), len(segment.steps.starts) - 1)
        return segment.before + segment.steps.starts[column]

    def column(self, index: int) -> Rect:
        """The whole strip of a step, with the channel on its right side split between neighbours."""
        width = self.arrangement.at(index)[0].pitch * (1 - self.gathered)
        return Rect(self.x(index) - width / 2, 0.0, width, self.height)

    def reach(self, index: int) -> tuple[float, float]:
        """How far the boxes of a step's column reach to the left and to the right of its middle."""
        segment = self.arrangement.at(index)[0].name
        found = reach_of([place for place in self.places.values() if place.segment == segment], targets=True)
        return found.left, found.right

    def joins(self, index: int) -> bool:
        """Whether a step is an inner node of a tree, above the leaves that stand on the axis of time."""
        return self.tree and self.step(index) > self.graph.T

    def time_label(self, index: int) -> Point:
        """The middle of "t = …"."""
        return Point(self.x(index), self.height - 12.8)
