"""Say what the units of a node stand for: how well each follows what the task knows, and the examples it reads."""

from collections.abc import Generator

from msgspec import Struct

from explorer.errors import ExplorerError
from explorer.graph.arrays import Array
from explorer.graph.feedback import Network
from explorer.graph.plain import plain
from explorer.session.document import Shown
from explorer.session.states.following import how_well, ranked
from explorer.session.states.many import facts_at, many_of, many_values
from explorer.session.states.rows import ReadLine, examples_of, lines
from explorer.session.viewing import View
from explorer.tasks import Fact


class UnitsWanted(Struct, frozen=True):
    """Which node is seen, and the id of what its units are held against; None where nothing is known at its steps."""

    node: str
    fact: str | None


class UnitsSeen(Struct, frozen=True, eq=False):
    """How well each unit of a node follows a fact, (n,), and the examples; `order`: of the units, the best first.

    `facts` are all that there are to choose from; `first` is the first step of the node.
    """

    wanted: UnitsWanted
    symbol: str
    first: int
    facts: tuple[Fact, ...]
    fact: Fact | None
    shares: Array
    order: tuple[int, ...]
    lines: tuple[ReadLine, ...]

    def unit(self, chosen: int | None) -> int:
        """The unit that is seen: the chosen one, else the one that follows best."""
        return chosen if chosen is not None and chosen < len(self.order) else self.order[0]


def nodes_with_units(network: Network) -> tuple[str, ...]:
    """The nodes whose units can be looked at: states and gates, the state that the output reads first."""
    output = network.output
    judged = () if output is None else (output.loss, output.prediction, output.logits)
    found = [node.name for node in network.nodes if not node.given and not node.optional and node.name not in judged]
    return tuple(sorted(found, key=lambda name: name != network.state))


def wanted(shown: Shown, view: View) -> UnitsWanted:
    """What the view asks for, or the first there is. Raises ExplorerError where there are no sequences to look at."""
    nodes = nodes_with_units(shown.network)
    node = view.seen_units.node if view.seen_units.node in nodes else nodes[0]
    facts = facts_at(shown, many_of(shown).facts, node)
    ids = [fact.id for fact in facts]
    fact = view.seen_units.fact if view.seen_units.fact in ids else next(iter(ids), None)
    return UnitsWanted(node, fact)


def looking_into(shown: Shown, wanted: UnitsWanted) -> Generator[None, None, UnitsSeen]:
    """Work it out, in steps of a few milliseconds."""
    many, node = many_of(shown), wanted.node
    yield
    values = many_values(shown, many)[node]
    yield
    facts = facts_at(shown, many.facts, node)
    fact = next((one for one in facts if one.id == wanted.fact), None)
    shares = how_well(values, fact) if fact is not None else values.mean((0, 1)) * float("nan")
    yield
    examples = examples_of(shown)
    yield
    found = lines(shown, examples, node, wanted.fact)
    symbol, first = plain(shown.network.node(node).symbol), shown.trace.steps(node)[0]
    return UnitsSeen(wanted, symbol, first, facts, fact, shares, ranked(shares), found)


def check_example(shown: Shown, node: str, t: int) -> None:
    """Raise ExplorerError for a node at a step that is not in what is shown."""
    if node not in [one.name for one in shown.network.nodes] or t not in shown.trace.steps(node):
        raise ExplorerError("There is no {name}({t}) here to go to.", name=node, t=t)
