"""Every question about what comes next has one right answer, the trace's; no tie and no NaN is asked about."""

import math
import re
from functools import cache

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.graph.activations import ACTIVATIONS
from explorer.graph.analyse.events import Event, Kind
from explorer.graph.output import Target
from explorer.graph.plain import plain
from explorer.session.document import Shown, show
from explorer.session.edits import WeightEdit
from explorer.session.quiz.question import Question, clear_entry, differ, tell_apart
from explorer.session.quiz.quiz import ask
from tests.oracles.declarations import BIDIRECTIONAL, GRU, LSTM
from tests.session.shown import KINDS, declared, example
from tests.settings import a_document

SEEDS = range(4)


def asked(shown: Shown) -> list[tuple[int, Question]]:
    """Every question at every cursor, with a few seeds."""
    found = [(c, ask(shown, c, np.random.default_rng([c, s]))) for c in range(len(shown.events)) for s in SEEDS]
    return [(cursor, question) for cursor, question in found if question is not None]


def number(text: str, before: str) -> int:
    return int(re.search(rf"{before} (\d+)", text)[1])  # type: ignore[index]


def index_in(text: str) -> tuple[int, ...]:
    """The entry that a question names."""
    if "entry" in text:
        return (number(text, "entry") - 1,)
    return number(text, "row") - 1, number(text, "column") - 1


def vertices_in(shown: Shown, text: str) -> list[tuple[str, int]]:
    """The nodes that a question names."""
    names = {plain(node.symbol): node.name for node in shown.network.nodes}
    return [(names[symbol], int(t)) for symbol, t in re.findall(r"(ŷ|k̂|ỹ|s̃|ū|[A-Za-z]\w*)\((\d+)\)", text)]


def truth(shown: Shown, q: Question) -> str:
    """The right option, worked out from the trace by what the question says in words."""
    trace, vertices = shown.trace, vertices_in(shown, q.text)
    if q.text.startswith("Will the loss of this sequence"):
        return "smaller" if trace.loss_after < trace.loss else "larger"
    if q.text.startswith("Will the update move"):
        index = index_in(q.text)
        return "up" if trace.parameters_after[q.event.name][index] > trace.parameters[q.event.name][index] else "down"
    if "favour" in q.text:
        places = [shown.task.output_symbols.index(option) for option in q.options]
        return q.options[int(trace.value(*vertices[0])[places].argmax())]
    if "blind guess" in q.text:
        blind = math.log(shown.task.n_y) if shown.task.target is Target.SYMBOLS else shown.task.n_y * math.log(2)
        return "smaller" if trace.value(*vertices[0])[0] < blind else "larger"
    if "output of zero" in q.text:
        (name, t), y = vertices[0], trace.value("y", vertices[0][1])
        return "smaller" if trace.value(name, t)[0] < np.square(y).sum() / 2 else "larger"
    if "be on, or off" in q.text:
        return "on" if trace.value(*vertices[0])[index_in(q.text)] > 0 else "off"
    if "one half" in q.text:
        return "above" if trace.value(*vertices[0])[index_in(q.text)] > 0.5 else "below"
    if "Does a gradient come back" in q.text:
        (name, t), loss = vertices[0], trace.value("yhat", vertices[0][1]) - trace.value("y", vertices[0][1])
        return "it is cut" if np.allclose(trace.gradient(name, t), loss, rtol=0, atol=1e-12) else "it comes back"
    if "by norm, than the one at" in q.text:
        here, there = (np.linalg.norm(trace.gradient(*vertex)) for vertex in vertices)
        return "larger" if here > there else "smaller"
    if q.text.startswith("Which step adds more"):
        norms = {
            o: np.linalg.norm(trace.parameter_contributions(q.event.name)[number(o, "step") - 1]) for o in q.options
        }
        return max(norms, key=norms.__getitem__)
    if q.text.startswith("Which adds more"):
        return contribution_truth(shown, q)
    assert q.text.startswith("What sign will")
    if q.event.kind is Kind.PARAMETER_GRADIENT:
        value = trace.parameter_gradients[q.event.name][index_in(q.text)]
    else:
        array = trace.gradient if q.event.kind is Kind.GRADIENT else trace.value
        value = array(*vertices[0])[index_in(q.text)]
    return "positive" if value > 0 else "negative"


def contribution_truth(shown: Shown, q: Question) -> str:
    """Of the uses named in the options, the one that sends the larger gradient back."""
    (name, t), norms = (q.event.name, q.event.t), {}
    assert t is not None
    for use in shown.trace.reaching(name, t):
        consumer = use.use.consumer
        at = shown.trace.T if consumer.last_only else t + use.use.source.lag
        norms[f"from {plain(consumer.symbol)}({at})"] = np.linalg.norm(shown.trace.contribution(use, t))
    return max(q.options, key=norms.__getitem__)


@cache
def asked_about(architecture: str, feedback: str | None) -> list[tuple[int, Question]]:
    """The questions about an example, which several tests look at."""
    return asked(example(architecture, feedback))


@pytest.fixture(params=KINDS, ids=str)
def kind(request: pytest.FixtureRequest) -> tuple[str, str | None]:
    found: tuple[str, str | None] = request.param
    return found


@pytest.fixture
def shown(kind: tuple[str, str | None]) -> Shown:
    return example(*kind)


@pytest.fixture
def questions(kind: tuple[str, str | None]) -> list[tuple[int, Question]]:
    return asked_about(*kind)


def test_the_answer_is_what_the_trace_says(shown: Shown, questions: list[tuple[int, Question]]) -> None:
    for _, question in questions:
        assert question.options[question.answer] == truth(shown, question), question


def test_attention_is_asked_what_it_weighs_most_once_the_weights_differ() -> None:
    shown = example("attention", "teacher_forcing")
    found = {q.event.t: q for _, q in asked(shown) if q.event and (q.event.name, q.event.kind) == ("alpha", Kind.VALUE)}
    assert found.keys() == {2, 3, 4}, "all scores are 0 at step 1"
    for t in (2, 3, 4):
        scores = shown.trace.value("E", 1).reshape(4, -1) @ shown.trace.value("q", t)
        assert found[t].options[found[t].answer] == f"entry {scores.argmax() + 1}"


def test_a_blind_guess_of_several_bits_costs_log_2_for_each() -> None:
    document = a_document("hidden_to_hidden", "delayed_echo", task_options={"output": "sigmoid"}, feedback=None)
    shown = show(document)
    n = shown.task.n_y
    found = [q for _, q in asked(shown) if "blind guess" in q.text]
    assert n > 1 and found and all(f"one half for each bit, costs {n} log 2, " in q.text for q in found)
    for question in found:
        assert question.options[question.answer] == truth(shown, question), question


def test_questions_are_well_made(shown: Shown, questions: list[tuple[int, Question]]) -> None:
    for cursor, question in questions:
        assert question.event == shown.events[cursor]
        assert 2 <= len(set(question.options)) == len(question.options) <= 3
        assert 0 <= question.answer < len(question.options)
        assert question.text.endswith("?") and len(question.text) < 130
        assert question.explanation.endswith(".") and question.explanation.count(". ") == 0
        assert "NaN" not in question.explanation and "∞" not in question.explanation


def test_nearly_every_kind_of_event_is_asked_about(questions: list[tuple[int, Question]]) -> None:
    kinds = {question.event.kind for _, question in questions}
    assert kinds == {Kind.VALUE, Kind.GRADIENT, Kind.PARAMETER_GRADIENT, Kind.UPDATE, Kind.LOSS_AFTER}


def test_both_answers_occur(questions: list[tuple[int, Question]]) -> None:
    answers = [question.answer for _, question in questions]
    assert 0.2 < np.mean(answers) < 0.8


@pytest.mark.parametrize(
    ("feedback", "options"),
    [
        ("teacher_forcing", {"it is cut"}),
        ("free_running_yhat", {"it comes back"}),
        ("free_running_argmax", {"it is cut"}),
        ("mixed_o", {"it is cut", "it comes back"}),
    ],
)
@pytest.mark.parametrize("architecture", ["output_to_hidden", "hidden_and_output"])
def test_whether_a_gradient_is_cut_depends_on_what_is_fed(architecture: str, feedback: str, options: set[str]) -> None:
    found = [q for _, q in asked(example(architecture, feedback, T=6)) if "Does a gradient come back" in q.text]
    assert {q.options[q.answer] for q in found} == options
    assert all(("cut" in q.explanation) == (q.options[q.answer] == "it is cut") for q in found)


def test_the_sum_of_bptt_is_asked_about() -> None:
    found = [q for _, q in asked(example("hidden_to_hidden", None)) if q.text.startswith("Which adds more")]
    assert {option for q in found for option in q.options} >= {"from o(2)", "from a(3)"}


def test_steps_that_do_not_use_a_parameter_are_not_compared() -> None:
    found = asked(example("sequence_to_one", None))
    asked_of = {q.event.name for _, q in found if q.event and q.text.startswith("Which step adds more")}
    assert asked_of and asked_of <= {"b", "U", "W"}, "V and c are used once"


def test_the_same_generator_asks_the_same(shown: Shown) -> None:
    for cursor in range(0, len(shown.events), 3):
        first, again = (ask(shown, cursor, np.random.default_rng(cursor)) for _ in range(2))
        assert first == again


def test_after_the_last_event_nothing_is_asked(shown: Shown) -> None:
    assert ask(shown, len(shown.events), np.random.default_rng(0)) is None


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_every_activation_is_asked_about_in_its_own_way(activation: str) -> None:
    shown = show(a_document("hidden_to_hidden", feedback=None, hidden=4, length=5, activation=activation))
    questions = [q for _, q in asked(shown) if q.event.name == "h" and q.event.kind is Kind.VALUE]
    assert questions and all(q.options[q.answer] == truth(shown, q) for q in questions)
    assert {q.options for q in questions} == {
        {"relu": ("on", "off"), "step": ("on", "off"), "sigmoid": ("above", "below")}.get(
            activation, ("positive", "negative")
        )
    }


@pytest.mark.parametrize("architecture", [LSTM, GRU], ids=lambda a: a.id)
def test_a_gated_network_is_asked_about_but_not_where_a_gate_is_turned_over(monkeypatch, architecture) -> None:
    shown = declared(monkeypatch, architecture)
    questions = [q for _, q in asked(shown)]
    assert all(q.options[q.answer] == truth(shown, q) for q in questions)
    turned = {node.name for node in shown.network.nodes if getattr(node.operation, "function", None) == "one_minus"}
    about = {q.event.name for q in questions if q.event.kind is Kind.VALUE}
    assert len(about) > 5 and not turned & about


def test_a_gradient_that_comes_back_as_nothing_is_not_asked_about() -> None:
    # Every unit is off, so what comes back through the fed-back prediction is exactly zero, but it is not cut.
    document = a_document(feedback="free_running_yhat", activation="relu", hidden=2, length=4)
    shown = show(replace(document, edits=tuple(WeightEdit("b", (i,), -100.0) for i in range(2))))
    assert not shown.trace.values["h"].any() and len(shown.trace.reaching("o", 2)) == 2
    assert not any("Does a gradient come back" in q.text for _, q in asked(shown))


def flat(value: float) -> Shown:
    """A network whose weights are all the same, so that symbols tie and units agree."""
    document = a_document("hidden_to_hidden", feedback=None, hidden=2, length=4)
    shapes = {name: array.shape for name, array in show(document).trace.parameters.items()}
    edits = tuple(WeightEdit(name, index, value) for name, shape in shapes.items() for index in np.ndindex(shape))
    return show(replace(document, edits=edits))


def test_a_tie_is_not_asked_about() -> None:
    shown = flat(0.0)
    texts = [q.text for _, q in asked(shown)]
    # Every prediction is uniform, every state is zero, and so are all gradients but those at o, c and of c.
    assert not any("favour" in text or "blind guess" in text for text in texts)
    assert not any(re.search(r"of (a|h|o)\(\d\) have", text) for text in texts)
    assert any("gradient at o" in text for text in texts)
    assert not any("gradient at h" in text for text in texts)


def test_numbers_that_overflow_are_not_asked_about() -> None:
    document = a_document("hidden_to_hidden", feedback=None, hidden=2, length=120, activation="identity")
    shown = show(replace(document, edits=tuple(WeightEdit("W", (i, i), 1e6) for i in range(2))))
    assert not shown.trace.finite
    for cursor in range(0, len(shown.events), 5):
        question = ask(shown, cursor, np.random.default_rng(cursor))
        assert question is None or question.options[question.answer] == truth(shown, question)


def test_nobody_is_asked_which_of_two_nearly_equal_sizes_is_larger() -> None:
    """Of 0.0404 and 0.0406 it had been asked."""
    assert tell_apart(0.0406, 0.03) and not tell_apart(0.0404, 0.0406)
    assert not tell_apart(0.0, 1e-12) and not tell_apart(math.inf, 1.0)


def test_numbers_nearer_than_a_tie_do_not_differ() -> None:
    assert differ(0.0, 1.1e-9) and not differ(0.0, 0.9e-9)
    assert not differ(math.nan, 1.0) and not differ(math.inf, 1.0)


def test_a_clear_entry_is_neither_zero_nor_nan() -> None:
    rng = np.random.default_rng(0)
    array = np.array([[0.0, math.nan], [5e-10, -2.0]])
    assert {clear_entry(array, rng) for _ in range(20)} == {(1, 1)}
    assert clear_entry(array[:1], rng) is None


def test_a_question_knows_its_event() -> None:
    shown = example("hidden_to_hidden", None)
    question = ask(shown, 0, np.random.default_rng(0))
    assert question is not None and isinstance(question.event, Event)


def test_of_a_state_that_runs_backward_in_time_it_is_asked_whether_the_gradient_grows_on_its_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [q for _, q in asked(declared(monkeypatch, BIDIRECTIONAL)) if "by norm, than the one at" in q.text]
    steps = {tuple(vertices_in(declared(monkeypatch, BIDIRECTIONAL), q.text)) for q in found}
    of_g = {(here, there) for (name, here), (_, there) in steps if name == "g"}
    assert of_g and of_g <= {(5, 4), (4, 3), (3, 2), (2, 1)}
    assert {(here, there) for (name, here), (_, there) in steps if name == "h"} <= {(0, 1), (1, 2), (2, 3), (3, 4)}


@pytest.mark.parametrize(("task", "said"), [("temporal_xor", "one half for each bit"), ("damped_pendulum", "of zero")])
def test_bits_and_numbers_are_asked_about_in_their_own_words(task: str, said: str) -> None:
    shown = show(a_document("hidden_to_hidden", task, feedback=None, hidden=3, length=4))
    questions = [q for _, q in asked(shown)]
    assert any(said in q.text for q in questions)
    for q in questions:
        assert q.options[q.answer] == truth(shown, q), q.text
