"""A slip in a declaration is said in one sentence: which record and field, what stands there, and what must."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from explorer.architectures import architectures
from explorer.errors import ExplorerError
from explorer.graph.architecture import Architecture, Group
from explorer.graph.checked import check
from explorer.graph.declaration import Bias, Constant, Linear, Node, ParameterStart, Ref, Sum
from explorer.graph.parts import INPUT, plain_output
from tests.each import each
from tests.oracles.declarations import EVERY_DECLARATION
from tests.refusals import refusal_of


def declared(*nodes: Node, **fields: object) -> Architecture:
    plain = {"id": "mine", "title": "Mine", "subtitle": "", "figure": "", "lesson": "", "group": Group.DEEP}
    return Architecture(**{**plain, "nodes": (INPUT, *nodes, *plain_output()), **fields})  # type: ignore[arg-type]


def hidden(*terms: object, **fields: object) -> Node:
    return Node(**{"name": "h", "size": "n_h", "operation": Sum(*terms), "symbol": "h", "row": 1, **fields})  # type: ignore[arg-type]


SLIPS = {
    "Sum in Node h: terms is Bias(parameter='b', cited='', symbol=''), and must be a tuple of Terms: a comma after it "
    "makes it a tuple of one.": lambda: declared(hidden(Bias("b"))),
    "Sum in Node h: terms is [Bias(parameter='b', cited='', symbol=''…, and must be a tuple of Terms: write it in "
    "round brackets.": lambda: declared(hidden([Bias("b")])),
    "Sum in Node h: terms is ('b',), and must be a tuple of Terms.": lambda: declared(hidden(("b",))),
    "Linear in Sum in Node h: source is 'x', and must be Ref or FedBack.": lambda: declared(
        hidden((Linear("W", "x"),))  # type: ignore[arg-type]
    ),
    "Ref x: lag is 'one', and must be whole number.": lambda: declared(
        hidden((Linear("W", Ref("x", lag="one")),))  # type: ignore[arg-type]
    ),
    "Node h: row is 'first', and must be number or None.": lambda: declared(hidden((Bias("b"),), row="first")),
    "Architecture mine: group is 'deep', and must be Group.": lambda: declared(group="deep"),
    "Architecture mine: starts is ParameterStart(parameter='b', initial=Co…, and must be a tuple of ParameterStarts: a "
    "comma after it makes it a tuple of one.": lambda: declared(starts=ParameterStart("b", Constant(1.0))),
    "The node h has n_q units, which nothing decides; give it the size of another, n_h, n_x or n_y.": lambda: declared(
        hidden((Bias("b"),), size="n_q")
    ),
    "The node h reads hh: There is no node called 'hh'; did you mean 'h'?": lambda: declared(
        hidden((Linear("W", Ref("hh", lag=1)),))
    ),
}


@pytest.mark.parametrize(("sentence", "slip"), SLIPS.items())
def test_a_slip_is_said_in_a_sentence(sentence: str, slip: Callable[[], Architecture]) -> None:
    assert refusal_of(lambda: check(slip())) == sentence


@each("network", [*architectures().values(), *EVERY_DECLARATION])
def test_what_is_declared_well_passes_with_any_one_value_of_another_kind_it_does_not(network: Architecture) -> None:
    check(network)
    for field in network.__struct_fields__:
        with pytest.raises(ExplorerError, match=f"Architecture .*: {field} is 1.5, and must be "):
            check(replace(network, **{field: 1.5} if field != "id" else {"id": 1.5}))
