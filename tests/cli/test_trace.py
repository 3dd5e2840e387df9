"""`trace`: a case in, what a correct implementation computes out; or one line about what is wrong with it."""

import json
import os
import re
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.architectures import architectures, get_architecture
from explorer.graph.declaration import Activation
from explorer.graph.feedback import FEEDBACKS, get_feedback
from tests.cli.conftest import Command, Refusal
from tests.each import each
from tests.oracles.cases import ABSENT, CASE, changed
from tests.oracles.reference import FOLDER, TOLERANCE, reference, reference_names
from tests.settings import FOUR

NAMES = [name for name in reference_names() if reference(name).architecture in architectures()]


def agree(computed: Any, expected: Any) -> None:
    """All that is expected, all the way down, in the same shapes, and numbers to 1e-10."""
    if isinstance(expected, dict):
        assert set(computed) >= set(expected)
        for key, value in expected.items():
            agree(computed[key], value)
    else:
        assert np.shape(computed) == np.shape(expected)
        np.testing.assert_allclose(computed, expected, rtol=0, atol=TOLERANCE)


@each("name", NAMES)
def test_a_reference_case_gives_exactly_what_is_expected_of_it(command: Command, name: str) -> None:
    path = FOLDER / f"{name}.json"
    outcome = command("trace", path)
    assert (outcome.status, outcome.err) == (0, "")
    agree(json.loads(outcome.out), json.loads(path.read_text(encoding="utf-8"))["expected"])


def test_there_are_cases_of_every_architecture() -> None:
    assert {reference(name).architecture for name in NAMES} > set(FOUR)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return written(tmp_path, CASE)


def written(folder: Path, content: object) -> Path:
    """A file with this content: bytes as they are, anything else as JSON, NaN and Infinity too."""
    path = folder / "case.json"
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    path.write_bytes(data)
    return path


def test_to_a_file_goes_what_goes_to_the_screen(command: Command, case: Path, tmp_path: Path) -> None:
    screen, file = command("trace", case), command("trace", case, "-o", tmp_path / "out.json")
    assert (file.status, file.out, file.err) == (0, "", "")
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == screen.out
    assert screen.out.endswith("}\n")


@pytest.mark.parametrize("expected", [ABSENT, None, {}, {"loss": "no"}, [[[]]]])
def test_what_is_expected_is_not_read(command: Command, tmp_path: Path, expected: object) -> None:
    plain = command("trace", written(tmp_path, CASE)).out
    if expected is not ABSENT:
        assert command("trace", written(tmp_path, changed("expected", to=expected))).out == plain
    assert json.loads(plain)["loss"] > 0


def test_a_byte_order_mark_is_passed_over(command: Command, tmp_path: Path) -> None:
    plain = command("trace", written(tmp_path, CASE))
    marked = command("trace", written(tmp_path, b"\xef\xbb\xbf" + json.dumps(CASE).encode()))
    assert marked == plain
    assert plain.status == 0


def test_the_short_name_of_a_feedback_is_understood(command: Command, tmp_path: Path) -> None:
    short = command("trace", written(tmp_path, changed("feedback", to="free_running")))
    assert short.status == 0
    assert short == command("trace", written(tmp_path, changed("feedback", to="free_running_yhat")))


def test_whole_numbers_are_numbers(command: Command, tmp_path: Path) -> None:
    whole = changed("x", to=[[[1, 0]], [[0, 1]], [[1, 1]]])
    assert command("trace", written(tmp_path, whole)) == command("trace", written(tmp_path, CASE))


def test_a_mix_and_a_draw_take_their_chances_from_the_case(command: Command, tmp_path: Path) -> None:
    mixed = changed("feedback", to="mixed_yhat") | {"mask": [[1], [1], [1]]}
    forced = command("trace", written(tmp_path, CASE))
    always = json.loads(command("trace", written(tmp_path, mixed)).out)
    assert always["loss"] == pytest.approx(json.loads(forced.out)["loss"], abs=1e-12)
    drawn = changed("feedback", to="free_running_sample") | {"uniform": [[0.1], [0.99], [0.5]]}
    assert command("trace", written(tmp_path, drawn)).status == 0


BAD_FILES = {
    "empty": (b"", "it is empty"),
    "blank": (b" \n", "it is empty"),
    "truncated": (json.dumps(CASE)[:200].encode(), "it is no JSON, as line 1, column 201 shows"),
    "a parameter twice": (
        json.dumps(CASE).replace('"parameters": {', '"parameters": {"U": [], ').encode(),
        "it has “U” twice in one place",
    ),
    "garbage after it": (json.dumps(CASE).encode() + b"}", r"it is no JSON, as line 1, column \d+ shows"),
    "broken after what is not known": (b'{"comment": 1,\n "x": [1, 2,}', "it is no JSON, as line 2, column 13 shows"),
    "a document": (b'{"architecture": "x", "task": "y"}', "it was saved by the window, which opens it again"),
    "no object": (b"[]", "it is a list, not an object in braces"),
    "null": (b"null", "it is null, not an object in braces"),
    "nested deep": (b"[" * 100_000, "it is a list, not an object in braces"),
    "nested deep where it is not read": (b'{"expected": ' + b"[" * 100_000, "its brackets are nested too deep"),
    "UTF-16": (json.dumps(CASE).encode("utf-16"), "it is not UTF-8 text, as byte 1 shows"),
    "Latin-1": ('{"architecture": "réseau"}'.encode("latin-1"), "it is not UTF-8 text, as byte 20 shows"),
    "NUL": (b"\0" * 100, "it is no JSON, as line 1, column 1 shows"),
}


@each(("content", "reason"), BAD_FILES.values())
def test_a_file_that_is_no_case(refusal: Refusal, tmp_path: Path, content: bytes, reason: str) -> None:
    path = written(tmp_path, content)
    line = refusal("trace", path)
    assert line.startswith(f"rnn-explorer: The case {path} cannot be understood: ")
    assert re.search(reason, line), line


NAN, INFINITY = float("nan"), float("inf")
ONE_ROW = [[0.5, -0.1, 0.2]]
BAD_CASES: dict[str, tuple[dict[str, Any], str]] = {
    "NaN in x": (changed("x", 1, 0, 1, to=NAN), "x[1][0][1] is no finite number"),
    "Infinity in a parameter": (
        changed("parameters", "W", 2, 1, to=INFINITY), "parameters.W[2][1] is no finite number",
    ),
    "minus Infinity in a bias": (
        changed("parameters", "b", 1, to=-INFINITY), "parameters.b[1] is no finite number",
    ),
    "NaN where it is not read": (changed("expected", to={"loss": NAN}), "expected.loss is no finite number"),
    "a word in x": (changed("x", 0, 0, 1, to="1"), 'x[0][0][1] is "1", not a number'),
    "true in x": (changed("x", 0, 0, 1, to=True), "x[0][0][1] is true, not a number"),
    "null in a parameter": (changed("parameters", "U", 0, 0, to=None), "parameters.U[0][0] is null, not a number"),
    "an object in a parameter": (
        changed("parameters", "U", 0, 0, to={}), "parameters[...][0][0] is an object in braces, not a number",
    ),
    "true in y": (changed("y", 0, 0, to=True), "y[0][0] is true, not a number"),
    "a fraction in y": (changed("y", 0, 0, to=0.5), "y[0][0] is 0.5; classes are whole numbers from 0 to 1"),
    "a word as a size": (changed("sizes", "T", to="3"), 'sizes.T is "3", not a whole number'),
    "x is an object": (changed("x", to={}), "x is an object in braces, not "),
    "parameters are a list": (changed("parameters", to=[]), "parameters is a list, not an object in braces"),
    "no sizes": (changed("sizes", to=ABSENT), "it has no field “sizes”"),
    "no T": (changed("sizes", "T", to=ABSENT), "sizes lacks T, which hidden_and_output needs"),
    "unknown entry": (
        changed("architecure", to="x"),
        "There is no entry of a case called 'architecure'; did you mean 'architecture'?",
    ),
    "unknown size": (changed("sizes", "n_z", to=1), "There is no size of hidden_and_output called 'n_z'; did you"),
    "unknown architecture": (
        changed("architecture", to="hidden_and_outputs"),
        "There is no architecture called 'hidden_and_outputs'; did you mean 'hidden_and_output'?",
    ),
    "unknown activation": (
        changed("activation", to="tahn"), "There is no activation called 'tahn'; did you mean 'tanh'?",
    ),
    "an activation of gates": (
        changed("activation", to="one_minus"), "There is no activation called 'one_minus'; choose one of: tanh, ",
    ),
    "unknown feedback": (
        changed("feedback", to="teacher"), "There is no feedback called 'teacher'; did you mean 'teacher_forcing'?",
    ),
    "no feedback where it is needed": (
        changed("feedback", to=None), "say what is fed, for example feedback teacher_forcing",
    ),
    "feedback where there is none": (
        changed("architecture", to="hidden_to_hidden"), "'Hidden → hidden' does not feed its output back",
    ),
    "unknown parameter": (
        changed("parameters", "w", to=[1.0]),
        "There is no parameter of hidden_and_output called 'w'; did you mean 'W'?",
    ),
    "missing parameters": (
        changed("parameters", to={}), "parameters lacks b, W, R, U, c, V, which hidden_and_output needs",
    ),
    "a size of zero": (changed("sizes", "n_h", to=0), "sizes.n_h is 0; it must be at least 1"),
    "a negative size": (changed("sizes", "B", to=-5), "sizes.B is -5; it must be at least 1"),
    "x too short": (changed("sizes", "T", to=4), "x has 3 entries, not 4; by the sizes x is 4 × 1 × 2"),
    "a batch too small": (changed("sizes", "B", to=2), "x[0] has 1 entry, not 2; by the sizes x is 3 × 2 × 2"),
    "too few units": (changed("x", 2, 0, to=[1.0]), "x[2][0] has 1 entry, not 2; by the sizes x is 3 × 1 × 2"),
    "no x": (changed("x", to=[]), "x has 0 entries, not 3"),
    "x in two places": (changed("inputs", to={"x": CASE["x"]}), "The case gives x twice, once under inputs; leave"),
    "an unknown input": (
        changed("inputs", to={"v": CASE["x"]}), "There is no input of hidden_and_output called 'inputs.v'; choose",
    ),
    "no inputs at all": (changed("x", to=ABSENT), "The case has no x; add it."),
    "an input that is not of the sizes": (
        changed("x", to=ABSENT) | {"inputs": {"x": [[[1.0, 0.0]]]}}, "inputs.x has 1 entry, not 3; by the sizes",
    ),
    "a final state of what runs forward in time": (
        changed("final", to={"h": [[1.0] * 3]}), "final gives h, but nothing is read after the last step; leave it out",
    ),
    "empty steps": (changed("x", to=[[], [], []]), "x[0] has 0 entries, not 1"),
    "y too short": (changed("y", to=[[0], [1]]), "y has 2 entries, not 3; by the sizes y is 3 × 1"),
    "a ragged y": (changed("y", 1, to=[0, 1]), "y[1] has 2 entries, not 1"),
    "a parameter with too few rows": (
        changed("parameters", "W", to=ONE_ROW), "parameters.W has 1 entry, not 3; by the sizes parameters.W is 3 × 3",
    ),
    "a parameter with a short row": (changed("parameters", "W", 1, to=[1.0]), "parameters.W[1] has 1 entry, not 3"),
    "an x of one sequence alone": (
        changed("x", to=[[0.5]]), "x[0][0] is a number, and x is a list [t][batch][unit]"
    ),
    "a row that is a number": (changed("parameters", "W", 1, to=1.0), "parameters.W[1] is a number, not a list"),
    "a bias that is a matrix": (
        changed("parameters", "b", to=[[1.0], [2.0], [3.0]]),
        "parameters.b[0] is a list, not a number; by the sizes parameters.b is a list of 3",
    ),
    "an empty bias": (changed("parameters", "c", to=[]), "parameters.c has 0 entries, not 2"),
    "a class too large": (changed("y", 1, 0, to=2), "y[1][0] is 2; classes go from 0 to 1"),
    "a negative class": (changed("y", 2, 0, to=-1), "y[2][0] is -1; classes go from 0 to 1"),
    "a class beyond all integers": (changed("y", 0, 0, to=10**30), "y[0][0] is 1e+30; classes go from 0 to 1"),
    "a class beyond all floats": (changed("y", 0, 0, to=10**400), "y holds a number that is too large"),
    "numbers that overflow": (
        changed("parameters", "V", to=[[1e308] * 3] * 2) | {"activation": "identity"},
        "The numbers of this case overflow: its loss or a gradient is no finite number",
    ),
    "no mask for a mix": (
        changed("feedback", to="mixed"), "Feedback mixed needs mask, [t][batch]; add it to the case",
    ),
    "no numbers for a draw": (
        changed("feedback", to="free_running_sample"), "Feedback free_running_sample needs uniform, [t][batch]",
    ),
    "a mask in between": (
        changed("feedback", to="mixed") | {"mask": [[0], [0.5], [1]]},
        "mask[1][0] is 0.5; it must be 1, for the target, or 0",
    ),
    "a uniform number beyond 1": (
        changed("feedback", to="free_running_sample") | {"uniform": [[0], [2], [1]]},
        "uniform[1][0] is 2; it must be a number from 0 to 1",
    ),
    "a mask beside no mix": (
        changed("mask", to=[[1], [1], [1]]), "mask is given, but only a mixed feedback, such as mixed_yhat, chooses",
    ),
    "a mask of any shape beside no mix": (
        changed("feedback", to="free_running") | {"mask": [[1, 0]]}, "feedback, such as mixed_yhat, chooses by it",
    ),
    "numbers for a draw beside none": (
        changed("uniform", to=[[0.5], [0.5], [0.5]]), "uniform is given, but only a feedback that draws a symbol",
    ),
    "numbers for a draw beside a mix of ŷ": (
        changed("feedback", to="mixed") | {"mask": [[1], [0], [1]], "uniform": [[0.5]] * 3}, "leave uniform out.",
    ),
    "a ragged mask": (changed("feedback", to="mixed") | {"mask": [[0], [1, 1], [1]]}, "mask[1] has 2 entries, not 1"),
}  # fmt: skip


@each(("content", "reason"), BAD_CASES.values())
def test_a_case_that_cannot_be_says_what_and_where(
    refusal: Refusal, tmp_path: Path, content: dict[str, Any], reason: str
) -> None:
    assert reason in refusal("trace", written(tmp_path, content))


def test_a_number_that_no_float_holds(refusal: Refusal, tmp_path: Path) -> None:
    text = json.dumps(CASE).replace("-1.5", "1e999")
    assert "parameters.U[2][0] is no finite number" in refusal("trace", written(tmp_path, text.encode()))


def test_the_one_output_of_fig_10_5_has_one_row_of_targets(refusal: Refusal, tmp_path: Path) -> None:
    content = changed("architecture", to="sequence_to_one") | {"feedback": None}
    del content["parameters"]["R"]
    assert "y has 3 entries, not 1; by the sizes y is 1 × 1" in refusal("trace", written(tmp_path, content))


@each("size", ["T", "B", "n_x", "n_h", "n_y"])
@each("value", [10**6, 10**9, 10**30])
def test_huge_sizes_are_refused_before_memory_is_taken(refusal: Refusal, tmp_path: Path, size: str, value: int) -> None:
    path = written(tmp_path, changed("sizes", size, to=value))
    tracemalloc.start()
    try:
        assert f"not {value}; by the sizes " in refusal("trace", path)
        assert tracemalloc.get_traced_memory()[1] < 5e6
    finally:
        tracemalloc.stop()


def test_a_case_too_large_to_write_down_is_refused(
    refusal: Refusal, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.files.case_batch.MOST_UNITS", 3 * 1 * 7 - 1)
    assert "A case of 3 steps and 1 sequences with 7 units is too large" in refusal("trace", case)


class TestKeysWithoutEffect:
    """Every key either changes the result or is refused with the reason."""

    @each("feedback", FEEDBACKS)
    @each("key", ["mask", "uniform"])
    def test_of_chance(self, command: Command, tmp_path: Path, feedback: str, key: str) -> None:
        chance = {"mask": [[0], [0], [1]], "uniform": [[0.9], [0.1], [0.4]]}
        needs = {"mask": get_feedback(feedback).mixed, "uniform": get_feedback(feedback).own == "sample"}
        case = changed("feedback", to=feedback) | {name: chance[name] for name, need in needs.items() if need}
        assert command("trace", written(tmp_path, case)).status == 0
        if needs[key]:
            return
        outcome = command("trace", written(tmp_path, case | {key: chance[key]}))
        assert outcome.status == 2
        said = rf"rnn-explorer: In the case case\.json: {key} is given, but only .*; leave {key} out\.\n"
        assert re.fullmatch(said, outcome.err)
        # Said not to be there, it is not.
        assert command("trace", written(tmp_path, case | {key: None})).status == 0

    @each("id", ["hidden_to_hidden", "sequence_to_one"])
    @each("feedback", FEEDBACKS)
    def test_feedback_of_a_network_that_feeds_nothing_back(
        self, refusal: Refusal, tmp_path: Path, id: str, feedback: str
    ) -> None:
        content = json.loads((FOLDER / f"{id}-tanh.json").read_text(encoding="utf-8")) | {"feedback": feedback}
        assert "does not feed its output back" in refusal("trace", written(tmp_path, content))

    def test_an_activation_that_no_node_uses(
        self, refusal: Refusal, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As of gates, whose functions are part of the network."""
        plain = get_architecture("hidden_and_output")
        fixed = replace(plain, nodes=tuple(
            replace(node, operation=replace(node.operation, function="sigmoid"))
            if isinstance(node.operation, Activation) else node for node in plain.nodes
        ))  # fmt: skip
        monkeypatch.setattr("explorer.files.case.get_architecture", lambda _: fixed)
        assert "leave activation out." in refusal("trace", written(tmp_path, changed("activation", to="relu")))
        assert command("trace", written(tmp_path, CASE)).status == 0


def numbers_below(nested: Any, way: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    """The way to each number."""
    if not isinstance(nested, dict | list):
        return [way]
    entries = nested.items() if isinstance(nested, dict) else enumerate(nested)
    return [found for key, entry in entries for found in numbers_below(entry, (*way, key))]


class TestCheck:
    """`--check` compares with `expected`: exit 0 and a sentence, or 1 and the worst difference with its place."""

    @each("name", NAMES)
    def test_a_reference_case_agrees(self, command: Command, name: str) -> None:
        outcome = command("trace", "--check", FOLDER / f"{name}.json")
        count = len(numbers_below(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["expected"], ()))
        assert (outcome.status, outcome.err) == (0, "")
        assert outcome.out.startswith(f"All {count} numbers under expected agree; the largest difference is ")
        assert outcome.out.count("\n") == 1

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_any_number_that_was_tampered_with_is_found(
        self, command: Command, tmp_path: Path, data: st.DataObject
    ) -> None:
        content = json.loads((FOLDER / f"{data.draw(st.sampled_from(NAMES))}.json").read_text(encoding="utf-8"))
        way = data.draw(st.sampled_from(numbers_below(content["expected"], ())))
        off = data.draw(st.sampled_from([1.0, -1e-3, 1e-8]))
        place: Any = content["expected"]
        for key in way[:-1]:
            place = place[key]
        true = place[way[-1]]
        off *= max(1.0, abs(true))  # above 1 the tolerance is a share of the number
        place[way[-1]] = true + off
        outcome = command("trace", "--check", written(tmp_path, content))
        named = "expected" + "".join(f".{key}" if isinstance(key, str) else f"[{key}]" for key in way)
        assert outcome.status == 1
        assert outcome.out.startswith("1 of ")
        assert f"differs; the worst is {named}, which is " in outcome.out
        assert f" and not {true + off!r}, a difference of {abs(off):.1e}." in outcome.out

    def test_of_several_the_worst_is_named_and_all_are_counted(self, command: Command, tmp_path: Path) -> None:
        result = json.loads(command("trace", written(tmp_path, CASE)).out)
        result["loss"] += 0.5
        result["nodes"]["h"][2][0][1] -= 2
        result["parameter_gradients"]["c"][0] += 1
        said = command("trace", "--check", written(tmp_path, changed("expected", to=result)))
        assert said.status == 1
        assert said.out.startswith("3 of ") and "the worst is expected.nodes.h[2][0][1], which is" in said.out

    @pytest.mark.parametrize("tampered", [False, True])
    def test_with_a_file_the_result_is_written_as_well(self, command: Command, tmp_path: Path, tampered: bool) -> None:
        plain = command("trace", written(tmp_path, CASE)).out
        loss = json.loads(plain)["loss"] + tampered
        out = tmp_path / "out.json"
        said = command("trace", "--check", written(tmp_path, changed("expected", to={"loss": loss})), "-o", out)
        assert said.status == int(tampered)
        assert out.read_text(encoding="utf-8") == plain

    @pytest.mark.parametrize(
        ("expected", "reason"),
        [
            (ABSENT, "The case has nothing under expected to compare with"),
            ({}, "The case has nothing under expected to compare with"),
            ({"nodes": {}}, "The case has nothing under expected to compare with"),
            (None, "What the case says under expected cannot be understood: it is null, not an object in braces"),
            ({"los": 1.0}, "cannot be understood: it has a field “los”, which is not known"),
            ({"loss": "no"}, "cannot be understood: loss is text, not a number or null"),
            ({"nodes": {"g": [[[1.0]]]}}, "There is no entry of nodes called 'g'; choose one of: a, h, o, yhat."),
            ({"loss_per_step": [[1.0]]}, "expected.loss_per_step has 1 entry, not 3"),
            ({"nodes": {"h": []}}, "expected.nodes.h has 0 entries, not 3"),
        ],
    )
    def test_what_cannot_be_compared_is_refused(
        self, refusal: Refusal, tmp_path: Path, expected: object, reason: str
    ) -> None:
        content = CASE if expected is ABSENT else changed("expected", to=expected)
        assert reason in refusal("trace", "--check", written(tmp_path, content))


class TestFiles:
    """Where the case comes from and where the result goes."""

    @pytest.mark.parametrize("name", ["missing.json", "", "."])
    def test_no_such_case(self, refusal: Refusal, tmp_path: Path, name: str) -> None:
        assert f"The case {tmp_path / name} cannot be read: " in refusal("trace", tmp_path / name)

    def test_a_name_with_a_line_end_still_gets_one_line(self, refusal: Refusal, tmp_path: Path) -> None:
        assert r"a\nb cannot be read" in refusal("trace", tmp_path / "a\nb")

    @pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="this system has no such device")
    def test_a_device_that_never_ends(self, refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("explorer.files.case.LARGEST_FILE", 2**20)
        assert "The case /dev/zero is larger than 1 MB" in refusal("trace", "/dev/zero")

    @pytest.mark.parametrize("name", ["missing/out.json", "", "case.json/out.json"])
    def test_no_such_place_for_the_result(self, refusal: Refusal, case: Path, tmp_path: Path, name: str) -> None:
        assert "cannot be written: " in refusal("trace", case, "-o", tmp_path / name)
        assert [path.name for path in tmp_path.iterdir()] == ["case.json"]

    def test_the_place_is_tried_before_the_work(
        self, refusal: Refusal, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def never(_: object) -> None:
            raise AssertionError("the work has begun")

        monkeypatch.setattr("explorer.cli.trace.compute", never)
        refusal("trace", case, "-o", tmp_path / "missing" / "out.json")

    def test_an_empty_name_for_the_result_is_not_standard_output(self, refusal: Refusal, case: Path) -> None:
        assert "cannot be written: " in refusal("trace", case, "-o", "")

    def test_a_mistake_leaves_an_earlier_result_as_it_was(self, refusal: Refusal, tmp_path: Path) -> None:
        out = tmp_path / "out.json"
        out.write_text("earlier")
        refusal("trace", written(tmp_path, changed("x", to=[])), "-o", out)
        assert out.read_text() == "earlier"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["case.json", "out.json"]

    def test_a_full_disk_leaves_an_earlier_result_as_it_was(
        self, refusal: Refusal, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        out = tmp_path / "out.json"
        out.write_text("earlier")
        monkeypatch.setattr(os, "fsync", full)
        assert "out.json cannot be written: No space left on device." in refusal("trace", case, "-o", out)
        assert out.read_text() == "earlier"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["case.json", "out.json"]
