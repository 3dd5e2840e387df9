"""Say how a thing in the drawing can be changed by hand: by choosing a symbol, by numbers, by switching what is fed."""

from collections.abc import Iterable

from msgspec import Struct

from explorer.errors import ExplorerError, refuse, suggest
from explorer.graph.arrays import Array
from explorer.graph.declaration import dimension as size_of
from explorer.graph.equations.notation import plain_vertex
from explorer.graph.feedback import fed_signals
from explorer.graph.output import Target
from explorer.graph.own_signal import OWN_SIGNALS
from explorer.graph.plain import plain
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.edits import (
    Edit,
    HoldEdit,
    InitialEdit,
    InputEdit,
    NumberEdit,
    TargetEdit,
    WeightEdit,
    why_not_held,
)
from explorer.session.holding import holding
from explorer.training.matching import told_first

FOLLOW = tr("The targets follow by the rule of the task, but for those set by hand.")
STAY = tr("The targets stay as they are, for the data have no rule.")


class SymbolChoice(Struct, frozen=True):
    """One symbol out of a few, at step t; `chosen` is the place of the present one, None if it is none of them."""

    symbols: tuple[str, ...]
    chosen: int | None
    t: int
    kind: type[InputEdit] | type[TargetEdit]

    def edit(self, place: int) -> Edit:
        """The edit that takes the symbol at this place."""
        return self.kind(self.t, place)


class Numbers(Struct, frozen=True, eq=False):
    """A table of numbers (rows, columns); a vector is one column. `edited` holds the cells changed by hand.

    `t`: the step of an input, a target or what is `computed`, 0 of an initial state, None of a parameter.
    """

    name: str
    array: Array
    vector: bool
    row_names: tuple[str, ...]
    column_names: tuple[str, ...]
    edited: frozenset[tuple[int, int]]
    t: int | None = None
    computed: bool = False

    def edit(self, row: int, column: int, value: float) -> Edit:
        """The edit that sets one cell."""
        if self.t is None:
            return WeightEdit(self.name, (row,) if self.vector else (row, column), value)
        if self.computed:
            return HoldEdit(self.name, self.t, row, value)
        return NumberEdit(self.name, self.t, row, value) if self.t >= 1 else InitialEdit(self.name, row, value)


class Feeding(Struct, frozen=True):
    """What step t + 1 is fed: the target of step t or the network's own signal, named in this order."""

    t: int
    target: bool
    names: tuple[str, str]


class Holding(Struct, frozen=True):
    """What is held of a node: by these edits; `later`: whether there is a later step to hold it at too."""

    vertex: Vertex
    edits: tuple[HoldEdit, ...]
    later: bool

    @property
    def onward(self) -> bool:
        """Whether something is held at every later step too."""
        return any(edit.onward for edit in self.edits)


class Editable(Struct, frozen=True, eq=False):
    """Everything about one thing that can be changed by hand, and the words that go with it.

    `switch` says that it is the switch on a fed-back edge, which a click flips.
    """

    title: str
    note: str
    content: SymbolChoice | Numbers | None = None
    feeding: Feeding | None = None
    switch: bool = False
    holding: Holding | None = None


def editable(shown: Shown, thing: Vertex | str | None) -> Editable:
    """How a node or a parameter can be changed by hand.

    Raises ExplorerError, with what to change instead, for what is computed.
    """
    if isinstance(thing, str) and thing not in shown.trace.parameters:
        raise suggest(thing, tuple(shown.trace.parameters), tr("parameter"))
    if isinstance(thing, Vertex) and thing not in shown.graph.vertices and thing not in shown.graph.boundary:
        raise ExplorerError(
            "There is no {thing}({t}) in this graph; choose something that is drawn.", thing=thing.name, t=thing.t
        )
    match thing:
        case None:
            raise ExplorerError("Select an input, a target, an initial state or a parameter first, then edit it.")
        case str():
            return _parameter(shown, thing)
        case Vertex(t=t) if t < 1:
            return _initial_state(shown, thing)
    here = plain_vertex(shown.trace, thing)
    feeding = _feeding(shown, thing)
    if shown.network.node(thing.name).given:
        return _given(shown, thing, here, feeding)
    refused = why_not_held(shown.network, thing.name)
    if feeding is not None and (refused or shown.network.node(thing.name).operation.switched):
        switch = shown.network.node(thing.name).operation.switched
        return Editable(here, tr("It is computed, but need not be what is fed back."), None, feeding, switch)
    if thing in shown.graph.boundary:
        raise ExplorerError(
            "{here} lies after the last step, where what runs backward in time begins with zeros; a case for trace "
            "can give it other values (final).",
            here=here,
        )
    refuse(refused)
    return _computed(shown, thing, here, feeding)


def _computed(shown: Shown, vertex: Vertex, here: str, feeding: Feeding | None) -> Editable:
    """A node that is computed, which can be held."""
    value = shown.trace.value(vertex.name, vertex.t)
    units = shown.trace.held_units(vertex.name, vertex.t)
    names = _names(shown, shown.network.node(vertex.name).size)
    numbers = _column(vertex, value, names, units, computed=True)
    later = vertex.t < shown.trace.steps(vertex.name)[-1]
    held = Holding(vertex, holding(shown.document, vertex), later)
    note = tr(
        "It is computed. A number typed here holds its unit, and what follows is computed from it.\n"
        "No gradient goes back through what is held, and training does not hold it."
    )
    return Editable(tr("Hold {node}", node=here), note, numbers, feeding, holding=held)


def _parameter(shown: Shown, name: str) -> Editable:
    array = shown.trace.parameters[name]
    (declared,) = (p for p in shown.network.architecture.parameters if p.name == name)
    rows, *columns = (_names(shown, dimension) for dimension in declared.dimensions)
    marked = shown.edited.entries.get(name, ())
    numbers = Numbers(
        name,
        array.reshape(len(rows), -1),
        array.ndim == 1,
        rows,
        columns[0] if columns else ("",),
        frozenset((index[0], index[1] if len(index) == 2 else 0) for index in marked),
    )
    return Editable(
        tr("Parameter {symbol}", symbol=plain(declared.symbol)),
        tr("One and the same at every step that uses it."),
        numbers,
    )


def _initial_state(shown: Shown, vertex: Vertex) -> Editable:
    state = shown.trace.value(vertex.name, vertex.t)
    units = {e.unit for e in shown.document.edits if isinstance(e, InitialEdit) and e.name == vertex.name}
    names = _names(shown, shown.network.node(vertex.name).size)
    numbers = _column(Vertex(vertex.name, 0), state, names, units)
    here, output = plain_vertex(shown.trace, vertex), shown.architecture.fed_back
    told = output is not None and vertex.name in fed_signals(output) and told_first(shown.architecture, shown.task)
    usual = tr("what the data have before the first target") if told else tr("zero")
    return Editable(
        tr("Initial state {here}", here=here),
        tr("What the first step finds before it; {usual} unless you set it.", usual=usual),
        numbers,
    )


def _given(shown: Shown, vertex: Vertex, here: str, feeding: Feeding | None) -> Editable:
    value, task, output, t = shown.trace.value(vertex.name, vertex.t), shown.task, shown.network.output, vertex.t
    signal = shown.signals[vertex.name]
    bits = tr(" Each is 0 or 1.") if signal.kind is Target.BITS else ""
    if output is not None and vertex.name == output.target:
        prediction = plain_vertex(shown.trace, Vertex(output.prediction, t))
        if signal.kind is Target.SYMBOLS:
            choice = SymbolChoice(signal.units, int(value.argmax()), t, TargetEdit)
            return Editable(
                tr("Target {here}", here=here),
                tr("The symbol that {prediction} is compared with.", prediction=prediction),
                choice,
                feeding,
            )
        note = tr("What {prediction} is compared with, unit by unit.{bits}", prediction=prediction, bits=bits)
        return Editable(tr("Target {here}", here=here), note, _numbers(shown, vertex, value), feeding)
    note = FOLLOW if task.ruled else STAY
    if not task.input_steps:
        return Editable(tr("Input {here}", here=here), note + bits, _numbers(shown, vertex, value))
    said = task.describe_input(value)
    chosen = task.input_steps.index(said) if said in task.input_steps else None
    return Editable(tr("Input {here}", here=here), note, SymbolChoice(task.input_steps, chosen, t, InputEdit))


def _numbers(shown: Shown, vertex: Vertex, value: Array) -> Numbers:
    """An input or a target that is made of numbers or bits, as one column."""
    edits = [edit for edit in shown.document.edits if isinstance(edit, NumberEdit)]
    units = {edit.unit for edit in edits if (edit.name, edit.t) == (vertex.name, vertex.t)}
    return _column(vertex, value, shown.signals[vertex.name].units, units)


def _column(
    vertex: Vertex, value: Array, names: tuple[str, ...], edited: Iterable[int], computed: bool = False
) -> Numbers:
    """The value (n,) of a node, of whose units some were changed by hand."""
    cells = frozenset((unit, 0) for unit in edited)
    return Numbers(vertex.name, value.reshape(-1, 1), True, names, ("",), cells, vertex.t, computed)


def _feeding(shown: Shown, vertex: Vertex) -> Feeding | None:
    """The choice of what step t + 1 is fed, offered at both signals to choose from and at the switch itself."""
    network, output, t = shown.network, shown.network.output, vertex.t
    if network.feedback is None or output is None or t >= shown.trace.T:
        return None
    own = network.feedback.signal or OWN_SIGNALS["yhat"]
    switches = [node.name for node in network.nodes if node.operation.switched]
    if vertex.name not in (output.target, own.node(output), *switches):
        return None
    mask = shown.trace.batch.mask
    target = network.feedback.target if mask is None else bool(mask[t - 1, 0])
    own_name = own.words(output).replace("(t)", f"({t})")
    return Feeding(
        t,
        target,
        (tr("target {plain_vertex}", plain_vertex=plain_vertex(shown.trace, Vertex(output.target, t))), own_name),
    )


def _names(shown: Shown, dimension: str) -> tuple[str, ...]:
    """What the units along a dimension are called: as the task labels them, else by their numbers."""
    numbers = tuple(str(unit) for unit in range(1, size_of(dimension, shown.sizes) + 1))
    return shown.labels(dimension) or numbers
