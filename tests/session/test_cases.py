"""A case opens as a network on its data, shows what the case computes, and what is shown is written as a case again."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.architectures import architectures
from explorer.errors import ExplorerError
from explorer.files.case import Case, compute, read_case
from explorer.files.case_check import check
from explorer.session.cases import case_of, open_case, opened_case
from explorer.session.document import show
from explorer.session.session import Session
from explorer.tasks import get_task, task_ids
from explorer.tasks.chosen_output import outputs_of
from explorer.training.matching import mismatch
from tests.each import each
from tests.oracles.reference import FOLDER, reference_names
from tests.settings import a_document, task_of

DATA = Path(__file__).parent.parent / "data" / "cases"


def read(content: bytes) -> Case:
    return msgspec.json.decode(content, type=Case)


@each("id", architectures())
def test_what_is_shown_is_written_with_all_that_it_computes(id: str) -> None:
    network = architectures()[id]
    shown = show(
        a_document(id, task_of(network), hidden=3, feedback="free_running_yhat" if network.takes_feedback else None)
    )
    case = read(case_of(shown))
    result = compute(case)
    assert check(case, result).agrees
    if result.loss is not None:
        assert result.loss == pytest.approx(shown.trace.loss, rel=1e-12)
    for name, steps in result.nodes.items():
        np.testing.assert_allclose(np.array(steps), shown.trace.values[name], rtol=0, atol=1e-12)


@pytest.mark.parametrize("path", sorted(DATA.glob("*.json")), ids=lambda path: path.stem)
def test_a_case_shows_in_the_window_what_it_computes(path: Path) -> None:
    case, session = read_case(path), Session()
    session.open(open_case(path)[0])
    assert session.weights is not None and session.weights.said == f"weights of {path.name}"
    assert session.document.length == case.sizes["T"]
    result = compute(case)
    for example in range(case.sizes["B"]):
        session.change(example=example)
        for name, steps in result.nodes.items():
            np.testing.assert_allclose(session.shown.trace.values[name][:, 0], np.array(steps)[:, example], atol=1e-12)


@each("name", reference_names())
def test_a_case_of_the_reference_shows_the_loss_of_pytorch(name: str) -> None:
    path = FOLDER / f"{name}.json"
    case, session = read_case(path), Session()
    session.open(open_case(path)[0])
    losses = np.array(msgspec.json.decode(path.read_bytes())["expected"]["loss_per_step"])[:, 0]
    weights = np.ones(len(losses)) if case.loss_weights is None else np.array(case.loss_weights)[:, 0]
    assert session.shown.trace.loss == pytest.approx(weights @ losses, abs=1e-10)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """What is looked at, any network on any task that goes with it, as a case; then losses count by weights.

    Inputs in a segment of their own are given some steps more than outputs.
    """
    network = draw(st.sampled_from(list(architectures().values())))
    task = draw(st.sampled_from([task for task in map(get_task, task_ids()) if not mismatch(network, task)]))
    options = {"output": draw(st.sampled_from(outputs_of(task)))} if len(outputs_of(task)) > 1 else {}
    own = get_task(task.id, **options).kind.own
    fed = ["teacher_forcing", *(f"{how}_{name}" for how in ("free_running", "mixed") for name in own)]
    length = task.default_length if task.id == "own_data" else max(task.shortest_length, draw(st.integers(3, 5)))
    document = a_document(
        network.id, task.id, task_options=options, length=length, hidden=draw(st.integers(1, 3)),
        feedback=draw(st.sampled_from(fed)) if network.takes_feedback else None, fed_target=(True, False),
        biases=draw(st.booleans()), example=draw(st.integers(0, 9)),
    )  # fmt: skip
    case = msgspec.json.decode(case_of(show(document)))
    del case["expected"]
    if "y" in case and draw(st.booleans()):
        weights = st.lists(st.sampled_from([0.0, 0.25, 1.0, 3.0]), min_size=len(case["y"]), max_size=len(case["y"]))
        case["loss_weights"] = [[weight] for weight in draw(weights.filter(lambda found: {*found} != {1.0}))]
    if "T_x" in case["sizes"]:
        more = draw(st.integers(0, 2))
        case["x"] += case["x"][:1] * more
        case["sizes"]["T_x"] += more
    return msgspec.convert(case, Case)


@settings(max_examples=40)
@given(cases())
def test_what_is_saved_as_a_case_opens_shows_the_same_and_is_saved_the_same(case: Case) -> None:
    session, result = Session(), compute(case)
    session.open(opened_case(case, "case.json")[0])
    trace = session.shown.trace
    for name, steps in result.nodes.items():
        np.testing.assert_allclose(trace.values[name], np.array(steps), rtol=0, atol=1e-12)
    for name, gradient in result.parameter_gradients.items():
        np.testing.assert_allclose(trace.parameter_gradients[name], np.array(gradient), rtol=0, atol=1e-12)
    again = read(case_of(session.shown))
    assert check(again, result).agrees
    assert msgspec.structs.replace(again, expected=case.expected) == case


def test_the_binary_adder_that_is_set_by_hand_adds_three_pairs_of_numbers() -> None:
    session = Session()
    session.open(open_case(DATA / "binary_adder.json")[0])
    for example, (a, b) in enumerate([(5, 9), (7, 7), (1, 14)]):
        session.change(example=example)
        bits = session.shown.trace.values["yhat"][:, 0, 0] > 0.5
        assert sum(int(bit) << t for t, bit in enumerate(bits)) == a + b


def test_an_exercise_with_one_unit_without_bias_and_an_initial_state_of_its_own_is_as_by_hand() -> None:
    session = Session()
    session.open(open_case(DATA / "one_unit_own_h0.json")[0])
    assert session.shown.trace.parameters.keys() == {"U", "W", "V"}
    assert session.shown.trace.values["h"][:, 0, 0].tolist() == [3.0, 1.5, 2.75]
    assert session.shown.trace.values["o"][:, 0, 0].tolist() == [6.0, 3.0, 5.5]


def test_what_is_shown_without_biases_is_written_without() -> None:
    session = Session()
    session.open(open_case(DATA / "one_unit_own_h0.json")[0])
    case = read(case_of(session.shown))
    assert not case.biases and case.initial == {"h": [[4.0]]}
    assert check(case, compute(case)).agrees


def test_one_sequence_is_shown_where_initial_states_differ_and_that_is_said() -> None:
    case = msgspec.structs.replace(
        read_case(DATA / "binary_adder.json"), initial={"h": [[0, 1, 0], [0, 0, 0], [0, 0, 0]]}
    )
    opened, said = opened_case(case, "case.json")
    assert said == "Sequence 1 of 3 is shown, for their initial states or masks differ."
    session = Session()
    session.open(opened)
    assert session.shown.trace.values["yhat"][0, 0, 0] > 0.5, "1 + 1 and a carry of 1 before is 11"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"architecture": "bidirectional"}, "parameters lacks"),
        ({"sizes": {"n_x": 2, "n_h": 3, "n_y": 1, "T": 4, "B": 3}}, "x has 5 entries, not 4"),
        ({"parameters": {}}, "parameters lacks"),
    ],
)
def test_what_the_window_has_no_place_for_is_refused(fields: dict[str, object], said: str) -> None:
    with pytest.raises(ExplorerError, match=said):
        opened_case(msgspec.structs.replace(read_case(DATA / "binary_adder.json"), **fields), "case.json")


def test_what_is_wrong_in_a_case_names_its_file(tmp_path: Path) -> None:
    path = tmp_path / "homework.json"
    content = msgspec.json.decode((DATA / "binary_adder.json").read_bytes())
    del content["parameters"]["W"]
    path.write_bytes(msgspec.json.encode(content))
    with pytest.raises(ExplorerError, match=r"^In the case homework\.json: parameters lacks W, .*; add it\.$"):
        open_case(path)
