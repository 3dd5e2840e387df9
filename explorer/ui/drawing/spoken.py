"""Say a node or a parameter in plain sentences, as a screen reader reads them aloud: `spoken`."""

from explorer.graph.arrays import Array
from explorer.graph.equations.notation import plain_parameter, plain_vertex
from explorer.graph.unfold import Vertex
from explorer.language import tr, trn
from explorer.session.equations.focus import given_sentence
from explorer.session.stepping import not_yet
from explorer.session.view.view_state import ViewState
from explorer.session.viewing import Selection
from explorer.ui.typography.numbers import figures
from explorer.wording import listed

MOST = 8
"""How many numbers are read out."""


def spoken(view: ViewState, thing: Selection) -> str:
    """The name of a thing, then what is known of it: its value and its gradient, or which event computes them."""
    if isinstance(thing, Vertex):
        named = given_sentence(view.shown, thing) if thing in view.shown.graph.boundary else f"{_name(view, thing)}."
        return " ".join([named, *_known(view, thing)])
    return _parameter(view, thing) if thing is not None else ""


def _name(view: ViewState, vertex: Vertex) -> str:
    shown = view.shown
    name = plain_vertex(shown.trace, vertex)
    signal = shown.signals.get(vertex.name)
    if signal is None:
        return name
    return f"{name}: {shown.said(vertex.name, shown.trace.value(vertex.name, vertex.t))}"


def _known(view: ViewState, vertex: Vertex) -> list[str]:
    shown, table = view.shown, view.timetable
    said = []
    if not view.value_known(vertex):
        said.append(tr("Value {not_yet}.", not_yet=not_yet(table.value_at[vertex])))
    elif vertex.name not in shown.signals:
        said.append(tr("Value {numbers}.", numbers=_numbers(shown.trace.value(vertex.name, vertex.t))))
    if view.gradient_known(vertex):
        said.append(tr("Gradient {numbers}.", numbers=_numbers(shown.trace.gradient(vertex.name, vertex.t))))
    elif vertex in table.gradient_at:
        said.append(tr("Gradient {not_yet}.", not_yet=not_yet(table.gradient_at[vertex])))
    elif vertex.name not in shown.signals:
        said.append(tr("No gradient is computed for it."))
    if vertex in view.apart.vertices:
        said.append(tr("It is another number in the graph beside."))
    return said


def _parameter(view: ViewState, name: str) -> str:
    trace = view.shown.trace
    array, symbol = trace.parameters[name], plain_parameter(trace, name)
    if array.ndim == 1:
        numbers = _numbers(array)
        return tr("{symbol}, bias, the same at every step. Value {numbers}.", symbol=symbol, numbers=numbers)
    rows, columns = array.shape
    return tr(
        "{symbol}, weights, {rows} by {columns}, the same at every step.", symbol=symbol, rows=rows, columns=columns
    )


def _numbers(array: Array) -> str:
    flat = array.ravel()
    said = listed([figures(value) for value in flat[:MOST]])
    more = len(flat) - MOST
    return f"{said}; {trn('one more', '{n:,} more', more)}" if more > 0 else said
