"""Say what of a document has been changed by hand, for drawings to mark: `edited`."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from explorer.graph.arrays import Index
from explorer.graph.unfold import Vertex
from explorer.session.edits import Edit, HoldEdit, InitialEdit, InputEdit, NumberEdit, TargetEdit, WeightEdit
from explorer.training.problem import architecture_of, sizes_of
from explorer.training.settings import Problem


class Edited(Struct, frozen=True):
    """What has been changed by hand: inputs, targets and initial states as vertices, and entries by parameter.

    Among the vertices are those that are `held`, as a whole or some of their units. `units`: those of which numbers
    were set one by one.
    """

    vertices: frozenset[Vertex]
    entries: Mapping[str, frozenset[Index]]
    held: frozenset[Vertex] = frozenset()
    units: Mapping[Vertex, frozenset[int]] = {}


def edited(problem: Problem, edits: Iterable[Edit]) -> Edited:
    """What a drawing should mark as changed by hand by these edits. An initial state is the vertex at t = 0.

    A fed-back signal switched by hand is not among them: its switch shows that by itself.
    """
    architecture = architecture_of(problem)
    vertices, held, entries = set[Vertex](), set[Vertex](), dict[str, set[Index]]()
    units = dict[Vertex, frozenset[int]]()

    def set_unit(vertex: Vertex, unit: int) -> None:
        vertices.add(vertex)
        units[vertex] = units.get(vertex, frozenset()) | {unit}

    for edit in edits:
        match edit:
            case WeightEdit(name, index):
                entries.setdefault(name, set()).add(index)
            case InputEdit(t):
                vertices.update(Vertex(name, t) for name in architecture.inputs)
            case TargetEdit(t) if architecture.target is not None:
                vertices.add(Vertex(architecture.target, t))
            case NumberEdit(name, t, unit):
                set_unit(Vertex(name, t), unit)
            case InitialEdit(name, unit):
                set_unit(Vertex(name, 0), unit)
            case HoldEdit(name):  # pragma: no branch - there are no other edits
                node = next((node for node in architecture.nodes if node.name == name), None)
                last = problem.length if node is None else node.span.steps(problem.length, sizes_of(problem))[-1]
                held.update(Vertex(name, t) for t in edit.steps(last))
    by_parameter = {name: frozenset(indices) for name, indices in entries.items()}
    return Edited(frozenset(vertices | held), by_parameter, frozenset(held), units)
