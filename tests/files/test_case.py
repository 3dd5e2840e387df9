"""Reading a case never ends in anything but a case or one sentence, whatever is in the file."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from explorer.architectures import architectures, get_architecture
from explorer.errors import ExplorerError
from explorer.files.case import Result, compute, read_case, trace_case
from explorer.files.case_faults import shape_fault
from explorer.graph.activations import ACTIVATIONS
from explorer.graph.feedback import FEEDBACKS, get_feedback
from tests.oracles.cases import CASE, changed
from tests.settings import FOUR

SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def outcome(folder: Path, content: bytes) -> str | None:
    """Read and compute; None if that gives a result that JSON can hold, else the one sentence that is said."""
    path = folder / "case.json"
    path.write_bytes(content)
    try:
        result = compute(read_case(path))
    except ExplorerError as error:
        said = str(error)
        assert re.search(r"[^.?][.?]$", said) and said[0] != " "
        assert not re.search(r"Expected `|Object |malformed|truncated", said), "not in the words of the reader"
        return said
    assert result.loss is None or np.isfinite(result.loss)
    return None


SIZES_OF_NOTE = [0, 1, -1, 10**6, 10**9, 10**30]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(SIZES_OF_NOTE),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def places(nested: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The way to every entry, at every depth."""
    entries = nested.items() if isinstance(nested, dict) else enumerate(nested) if isinstance(nested, list) else ()
    return [way for key, entry in entries for way in ((*at, key), *places(entry, (*at, key)))]


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """The valid case after up to three changes: an entry replaced, removed, doubled, or moved elsewhere."""
    case: Any = copy.deepcopy(CASE)
    for _ in range(draw(st.integers(1, 3))):
        found = places(case)
        if not found:
            break
        way = draw(st.sampled_from(found))
        place = case
        for key in way[:-1]:
            place = place[key]
        match draw(st.sampled_from(["replace", "remove", "double", "move", "name"])):
            case "replace":
                place[way[-1]] = draw(ANYTHING)
            case "remove":
                del place[way[-1]]
            case "double" if isinstance(place, list):
                place.insert(int(way[-1]), copy.deepcopy(place[int(way[-1])]))
            case "move":
                other = draw(st.sampled_from(found))
                moved: Any = CASE
                try:
                    for key in other:
                        moved = moved[key]
                except (KeyError, IndexError, TypeError):
                    continue
                place[way[-1]] = copy.deepcopy(moved)
            case _:
                names = ["hidden_to_hidden", "output_to_hidden", "sequence_to_one", "mixed", "relu"]
                place[way[-1]] = draw(st.sampled_from(names))
    return case


@SAME_FOLDER
@given(mutated())
@example(changed("feedback", to="free_running_o") | {"activation": "identity", "x": [[[1e308, -1e308]]] * 3})
def test_a_changed_case_is_computed_or_refused_in_a_sentence(tmp_path: Path, case: Any) -> None:
    outcome(tmp_path, json.dumps(case).encode())


@SAME_FOLDER
@given(st.data())
def test_a_damaged_file_is_computed_or_refused_in_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(json.dumps(CASE).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        stop = min(len(content), start + data.draw(st.integers(0, 5)))
        content[start:stop] = data.draw(st.binary(max_size=5))
    outcome(tmp_path, bytes(content))


@SAME_FOLDER
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    assert outcome(tmp_path, content) is not None


@st.composite
def plausible(draw: st.DrawFn) -> Any:
    """A case whose every array has the shape that its sizes ask for, and any numbers in it; at most one size is off."""
    architecture = get_architecture(draw(st.sampled_from(list(architectures()))))
    sizes = {name: draw(st.integers(1 + (name == "n_y"), 3)) for name in (*architecture.dimensions, "T", "B")}
    # Wild numbers mostly overflow, so they are the rarer.
    wild = draw(st.integers(0, 4)) == 0
    number = st.floats(allow_nan=False, allow_infinity=False) if wild else st.floats(-2, 2)

    def array(*shape: int) -> Any:
        return [array(*shape[1:]) for _ in range(shape[0])] if shape else draw(number)

    steps, batch = sizes["T"], sizes["B"]
    last_only = any(node.last_only for node in architecture.nodes)
    case = {
        "architecture": architecture.id,
        "sizes": sizes,
        "parameters": {p.name: array(*p.shape(sizes)) for p in architecture.parameters},
    }
    if any(node.operation.chosen for node in architecture.nodes):
        case["activation"] = draw(st.sampled_from(list(ACTIVATIONS)))
    if "x" in architecture.inputs:
        case["x"] = array(steps, batch, sizes["n_x"])
    if architecture.output is not None:
        symbol = st.integers(0, sizes["n_y"] - 1)
        case["y"] = [[draw(symbol) for _ in range(batch)] for _ in range(1 if last_only else steps)]
    if architecture.takes_feedback:
        feedback = get_feedback(draw(st.sampled_from(list(FEEDBACKS))))
        case["feedback"] = feedback.id
        if feedback.mixed:
            case["mask"] = [[draw(st.sampled_from([0.0, 1.0])) for _ in range(batch)] for _ in range(steps)]
        if feedback.own == "sample":
            case["uniform"] = [[draw(st.floats(0, 1, exclude_max=True)) for _ in range(batch)] for _ in range(steps)]
    if draw(st.integers(0, 3)) == 0:
        sizes[draw(st.sampled_from(sorted(sizes)))] += 1
    return case


@SAME_FOLDER
@given(plausible())
def test_a_case_of_the_right_shape_is_computed_or_refused_in_a_sentence(tmp_path: Path, case: Any) -> None:
    said = outcome(tmp_path, json.dumps(case).encode())
    event("computed" if said is None else "refused")


def test_most_cases_of_the_right_shape_are_computed(tmp_path: Path) -> None:
    """So that the test above looks at more than the first thing that is checked."""
    seen: list[bool] = []

    @settings(max_examples=60, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(plausible())
    def look(case: Any) -> None:
        seen.append(outcome(tmp_path, json.dumps(case).encode()) is None)

    look()
    assert 0.2 < sum(seen) / len(seen) < 1


def test_the_unchanged_case_is_computed(tmp_path: Path) -> None:
    assert outcome(tmp_path, json.dumps(CASE).encode()) is None


SMALLEST: dict[str, Any] = {
    "architecture": "hidden_to_hidden",
    "sizes": {"n_x": 1, "n_h": 1, "n_y": 2, "T": 1, "B": 1},
    "parameters": {"b": [0.5], "W": [[1.0]], "U": [[1.0]], "c": [0.0, 0.0], "V": [[2.0], [-2.0]]},
    "x": [[[1.0]]],
    "y": [[0]],
}


def computed(folder: Path, case: dict[str, Any]) -> Result:
    path = folder / "case.json"
    path.write_text(json.dumps(case))
    return compute(read_case(path))


def test_one_step_one_unit_two_symbols(tmp_path: Path) -> None:
    result = computed(tmp_path, SMALLEST)
    h = np.tanh(1.5)
    assert result.nodes["h"] == [[[pytest.approx(h)]]]
    assert result.loss == pytest.approx(np.log1p(np.exp(-4 * h)))


@pytest.mark.parametrize("id", FOUR)
def test_a_softmax_of_one_unit_says_that_it_is_always_1(tmp_path: Path, id: str) -> None:
    """The shape of a regression exercise: its loss and gradients were 0 in silence."""
    architecture = get_architecture(id)
    sizes = {"n_x": 2, "n_h": 3, "n_y": 1, "T": 2, "B": 1}
    case = {
        "architecture": id,
        "sizes": sizes,
        "parameters": {p.name: np.ones(p.shape(sizes)).tolist() for p in architecture.parameters},
        "x": np.ones((2, 1, 2)).tolist(),
        "y": [[0]] * (1 if architecture.one_output else 2),
    } | ({"feedback": "teacher_forcing"} if architecture.takes_feedback else {})
    said = outcome(tmp_path, json.dumps(case).encode())
    assert said is not None and said.startswith("sizes.n_y is 1: a softmax of one unit is always 1")
    assert "use two units (n_y = 2)" in said and "linear for a real number" in said


@pytest.mark.parametrize("y", [[[0.0]], [[-0.0]], [[1.0]]])
def test_a_class_may_be_written_with_a_point(tmp_path: Path, y: list[list[float]]) -> None:
    assert computed(tmp_path, SMALLEST | {"y": y}) == computed(tmp_path, SMALLEST | {"y": [[int(y[0][0])]]})


@SAME_FOLDER
@given(plausible(), st.sampled_from([0.0, -0.0]))
def test_no_number_that_is_written_is_minus_zero(tmp_path: Path, case: Any, zero: float) -> None:
    """A gradient that does not come back is 0, not −0, also where what it is multiplied by is negative."""
    if "x" in case:
        case["x"] = np.full(np.shape(case["x"]), zero).tolist()
    (tmp_path / "case.json").write_text(json.dumps(case))
    try:
        written = msgspec.json.encode(compute(read_case(tmp_path / "case.json"))).decode()
    except ExplorerError:
        return
    assert not re.search(r"-0(\.0*)?[],}]", written)


def test_the_trace_of_a_case_is_there_for_other_uses(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CASE))
    case = read_case(path)
    assert trace_case(case).loss == compute(case).loss


@pytest.mark.parametrize(
    ("nested", "shape", "fault"),
    [
        (1.0, (), None),
        ([], (), "w is a list, not a number"),
        (1.0, (2,), "w is a number, not a list"),
        ([1, 2], (2,), None),
        ([1], (2,), "w has 1 entry, not 2"),
        ([1, [2]], (2,), "w[1] is a list, not a number"),
        ([[1], [2]], (2, 1), None),
        ([[1], [2, 3]], (2, 1), "w[1] has 2 entries, not 1"),
        ([[[1]], [[2], []]], (2, 1, 1), "w[1] has 2 entries, not 1"),
        ([[[1]], [[]]], (2, 1, 1), "w[1][0] has 0 entries, not 1"),
    ],
)
def test_the_first_place_that_does_not_fit_is_named(nested: Any, shape: tuple[int, ...], fault: str | None) -> None:
    assert shape_fault(nested, shape, "w") == fault
