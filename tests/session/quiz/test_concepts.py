"""Every question about concepts has one right answer, found again without derivatives, for every network."""

import re
from itertools import pairwise

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.architectures import architectures
from explorer.graph.arrays import Array
from explorer.graph.plain import plain
from explorer.graph.unfold import Vertex
from explorer.session.document import Shown, show
from explorer.session.edits import WeightEdit
from explorer.session.quiz.concepts import concepts
from explorer.session.quiz.question import Question
from explorer.session.quiz.quiz import Quiz
from tests.oracles.perturbed import perturbed
from tests.session.shown import example
from tests.settings import a_document

SMALL = 1e-5
FEEDBACKS = ("teacher_forcing", "free_running_yhat", "free_running_argmax")
NETWORKS = [
    (architecture.id, feedback)
    for architecture in architectures().values()
    for feedback in (FEEDBACKS if architecture.takes_feedback else (None,))
]
NODE = r"(ŷ|ū|s̃₁|s̃₂|s̃|[A-Za-z][₁₂]?(?:_\w+)?)\((\d+)\)"


def vertices_in(shown: Shown, text: str) -> list[Vertex]:
    """The nodes that a text names; x and C may have no step."""
    names = {plain(node.symbol): node for node in shown.network.nodes}
    found = [Vertex(names[symbol].name, int(t)) for symbol, t in re.findall(NODE, text)]
    timeless = re.findall(r"\b(x|C|h|o|L)\b(?!\()", text)
    return found + [Vertex(names[s].name, shown.trace.steps(names[s].name)[-1]) for s in timeless]


class Slopes:
    """Central differences of all that follows a vertex."""

    def __init__(self, shown: Shown) -> None:
        self._shown, self._kept = shown, dict[Vertex, dict[Vertex, Array]]()

    def of(self, target: Vertex, source: Vertex) -> Array:
        """∂target/∂source, one row for each unit of the source."""
        if source not in self._kept:
            trace, rows = self._shown.trace, list[dict[Vertex, Array]]()
            for unit in np.eye(len(trace.value(source.name, source.t))):
                above, below = (perturbed(trace, source, sign * SMALL * unit) for sign in (1, -1))
                rows.append({v: np.atleast_1d(above[v] - below[v]) / (2 * SMALL) for v in above})
            self._kept[source] = {v: np.array([row[v] for row in rows]) for v in rows[0]}
        return self._kept[source][target]

    def of_loss(self, k: int, source: Vertex) -> float:
        return float(np.linalg.norm(self.of(Vertex("L", k), source)))

    def of_all_losses(self, source: Vertex) -> float:
        return float(np.linalg.norm(sum(self.of(Vertex("L", k), source) for k in self._shown.trace.loss_steps)))


def smallest(sizes: dict[str, float]) -> str:
    return min(sizes, key=sizes.__getitem__)


def check(shown: Shown, kind: str, q: Question, slopes: Slopes) -> None:
    trace, right = shown.trace, q.options[q.answer]
    steps = list(trace.loss_steps)
    named = vertices_in(shown, q.text)
    match kind:
        case "loss_reaches":
            loss, user = sorted(named, key=lambda v: v.name != "L")
            assert (right == "yes") == (slopes.of_loss(loss.t, user) > 1e-8), q
            if right == "no, no way there":
                assert perturbed(trace, user, 3.0)[loss] == perturbed(trace)[loss], q
        case "comes_from":
            vertex, candidates = named[0], set(vertices_in(shown, " ".join(q.options)))
            senders = {
                v
                for v in candidates
                if np.abs(slopes.of(v, vertex)).max() > 1e-8 and slopes.of_all_losses(v) + (v.name == "L") > 1e-8
                if v != vertex
            }
            assert set(vertices_in(shown, right)) == senders, q
        case "how_many_losses":
            assert int(right) == sum(slopes.of_loss(k, named[0]) > 1e-8 for k in steps), q
        case "dies_first" if q.text.startswith("Which"):
            vertex = named[0]
            sizes = {o: slopes.of_loss(vertices_in(shown, o)[0].t, vertex) for o in q.options}
            assert right == smallest(sizes), q
        case "dies_first":
            assert right == smallest({o: slopes.of_all_losses(vertices_in(shown, o)[0]) for o in q.options}), q
        case "input_changes":
            before = perturbed(trace)
            after = [perturbed(trace, named[0], by) for by in (-50.0, -2.0, -0.5, 0.5, 2.0, 50.0)]
            # Linear and flat at once: an arg max may stay what it was, so some that could change did not.
            changed = [
                k for k in steps if any((f[Vertex("yhat", k)] != before[Vertex("yhat", k)]).any() for f in after)
            ]
            said = {"all of them": steps, "none": []}.get(right)
            if said is None:
                said = [v.t for v in vertices_in(shown, right)]
                if " to " in right:
                    said = list(range(said[0], said[-1] + 1))
            loose = shown.document.feedback == "free_running_argmax"
            assert set(changed) <= set(said) if loose else changed == said, q
        case "first_wrong":
            values = perturbed(trace)
            wrong = [k for k in steps if values[Vertex("yhat", k)].argmax() != values[Vertex("y", k)].argmax()]
            assert right == (f"at step {wrong[0]}" if wrong else "nowhere"), q
        case _:
            raise AssertionError(f"no oracle for {kind}")


@pytest.mark.parametrize(("architecture", "feedback"), NETWORKS, ids=str)
def test_the_answers_hold_without_derivatives(architecture: str, feedback: str | None) -> None:
    shown = example(architecture, feedback)
    slopes, found = Slopes(shown), set()
    for kind, question in concepts().items():
        for seed in range(5):
            q = question(shown, 0, np.random.default_rng(seed))
            if q is None:
                continue
            found.add(kind)
            assert 2 <= len(set(q.options)) == len(q.options) <= 3 and 0 <= q.answer < len(q.options)
            assert q.text.endswith("?") and q.explanation.endswith(".") and ". " not in q.explanation
            assert len(q.text) < 100 and len(q.explanation) < 170, q
            check(shown, kind, q, slopes)
    assert bool(found) == (shown.network.output is not None)
    if found:
        assert {"loss_reaches", "comes_from", "dies_first"} <= found


def test_the_first_question_comes_at_once_and_two_in_three_are_about_concepts() -> None:
    shown = example("output_to_hidden", "free_running_yhat")
    quiz = Quiz(np.random.default_rng(1))
    asked = [quiz.ask(shown, 0) for _ in range(18)]
    assert all(asked) and asked[0].event is None  # type: ignore[union-attr]
    assert sum(q.event is None for q in asked if q is not None) == 12
    texts = [re.sub(r"[\d⁽⁾()]", "", q.text)[:20] for q in asked if q is not None]
    assert all(a != b for a, b in pairwise(texts)) and len(set(texts[:8])) >= 6


def test_the_same_seed_asks_the_same_and_another_something_else() -> None:
    shown = example("hidden_to_hidden", None)
    first, again, other = (
        [quiz.ask(shown, cursor) for cursor in range(6)] for quiz in (Quiz(np.random.default_rng(s)) for s in (3, 3, 4))
    )
    assert first == again != other


def test_where_the_first_wrong_symbol_comes_is_not_asked_once_it_is_shown() -> None:
    shown = example("hidden_to_hidden", None)
    ask = concepts()["first_wrong"]
    assert ask(shown, 0, np.random.default_rng(0)) is not None
    assert ask(shown, len(shown.events), np.random.default_rng(0)) is None


@pytest.mark.parametrize(
    ("activation", "edits", "never"),
    [
        # What overflows, and units that are all off: there are ways back, but nothing comes along them.
        ("identity", tuple(WeightEdit("W", (i, i), 1e6) for i in range(2)), {"how_many_losses"}),
        ("relu", tuple(WeightEdit("b", (i,), -100.0) for i in range(2)), {"dies_first", "how_many_losses"}),
    ],
    ids=["overflow", "off"],
)
def test_nothing_is_asked_that_hangs_on_what_is_no_number_or_on_nothing(
    activation: str, edits: tuple[WeightEdit, ...], never: set[str]
) -> None:
    document = a_document("hidden_to_hidden", feedback=None, hidden=2, length=60, activation=activation)
    shown = show(replace(document, edits=edits))
    with np.errstate(all="ignore"):
        asked = {kind: [ask(shown, 0, np.random.default_rng(s)) for s in range(8)] for kind, ask in concepts().items()}
    found = {kind: [q for q in questions if q is not None] for kind, questions in asked.items()}
    assert not any(found[kind] for kind in never)
    assert not any(word in q.explanation for questions in found.values() for q in questions for word in ("NaN", "∞"))
