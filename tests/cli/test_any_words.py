"""Whatever words the command line is given, it does what they say, or refuses in one line; never a traceback."""

import contextlib
import io
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from explorer.architectures import architectures
from explorer.cli import main
from explorer.graph.activations import ACTIVATIONS
from explorer.graph.feedback import FEEDBACKS
from explorer.tasks import task_ids

LONG = "9" * 5000
NUMBERS = st.sampled_from(["1", "2", "3", "7", "0", "-1", "2.5", "1e3", "nan", "inf", "1e999", "x", "", "1_0", LONG])
NAMES = st.sampled_from([*architectures(), *task_ids(), *FEEDBACKS, *ACTIVATIONS, "adam", "sgd", "", "\0", "é\n"])
OPTIONS = {
    "--hidden": NUMBERS,
    "--lag": NUMBERS,
    "--length": NUMBERS,
    "--batch": NUMBERS,
    "--lr": NUMBERS,
    "--clip": NUMBERS,
    "--seed": NUMBERS,
    "--evaluate-every": NUMBERS,
    "--feedback": st.sampled_from([*FEEDBACKS, "free_running"]) | NAMES,
    "--activation": st.sampled_from(list(ACTIVATIONS)) | NAMES,
    "--optimizer": st.sampled_from(["sgd", "adam", "momentum", "rmsprop"]) | NAMES,
    "--option": st.builds("{}={}".format, st.sampled_from(["k", "symbols", "text", "n", "x"]), NUMBERS | NAMES),
    "--schedule": st.builds(
        "{}:{}={}".format,
        st.sampled_from(["constant", "linear", "exponential", "inverse_sigmoid", ""]),
        st.sampled_from(["k", "start", "end", "over", "coin"]),
        NUMBERS | st.sampled_from(["step", "sequence"]),
    ),
    "--event": NUMBERS,
    "--theme": st.sampled_from(["light", "dark", "drak"]),
    "--size": st.sampled_from(["200x100", "9x9", "x", "1280×720", f"{LONG}x1"]),
    "--scale": NUMBERS,
    "--morph": NUMBERS,
    "--text": st.sampled_from(["text", "outlines", "lines"]),
}
TRAIN = [name for name in OPTIONS if name not in ("--event", "--theme", "--size", "--scale", "--morph", "--text")]
RENDER = [
    "--length",
    "--feedback",
    "--hidden",
    "--lag",
    "--seed",
    "--event",
    "--theme",
    "--size",
    "--scale",
    "--morph",
    "--text",
]


@st.composite
def sensible(draw: st.DrawFn) -> list[str]:
    """A command with what it needs, and a few options of it with a value that is often good."""
    name = draw(st.sampled_from(["train", "train", "render", "trace", "list"]))
    words = [name]
    if name in ("train", "render"):
        words += ["--architecture", draw(st.sampled_from(list(architectures())))]
        words += ["--task", draw(st.sampled_from(task_ids()))]
        for option in draw(st.lists(st.sampled_from(TRAIN if name == "train" else RENDER), max_size=3, unique=True)):
            words += [option, draw(OPTIONS[option])]
    if name == "train":
        words += ["--iterations", "1"]
    if name == "render":
        words += ["-o", draw(st.sampled_from(["graph.svg", "graph.png", "graph.doc", "", "no/graph.svg", "a\0.svg"]))]
    if name == "trace":
        words += [draw(st.sampled_from(["case.json", "none.json", "", "a\0b", "."]))]
    return words


@st.composite
def muddled(draw: st.DrawFn) -> list[str]:
    """A command with words left out, doubled, or anything else between them."""
    words = draw(sensible())
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(1, len(words)))
        known = [*OPTIONS, "--", "-o", "--json", "--folded", "--help", "-x", "--=", "="]
        stray = st.sampled_from(known) | st.text(max_size=6)
        words[place : place + draw(st.integers(0, 1))] = draw(st.lists(stray, max_size=2))
    # More than one iteration would only take longer.
    assume("train" not in words or words[-2:] == ["--iterations", "1"])
    return words


def outcome(words: list[str]) -> int:
    """Run the words; check what was said, and return the exit status."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(words)
    said = err.buffer.getvalue().decode()  # type: ignore[attr-defined]
    assert status in (0, 2), words
    if status == 2:
        assert re.fullmatch(r"rnn-explorer[^\n]*[.?]\n", said), (words, said)
        assert len(said) < 1000 + max(map(len, words)), (words[:6], said[:200])
    return status


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own to work in, and no window to open."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case.json").write_text("{}")
    monkeypatch.setattr("explorer.cli.window.window", lambda options: 0)
    return tmp_path


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(muddled())
@example(["train", "--architecture", "hidden_to_hidden", "--task", "delayed_echo", "--option", f"k={LONG}"])
@example(["train", "--architecture", "hidden_to_hidden", "--task", "delayed_echo", "--hidden", LONG])
@example(["list", "\udcff"])
def test_any_words_are_obeyed_or_refused_in_one_line(here: Path, words: list[str]) -> None:
    outcome(words)


def test_words_that_make_sense_are_obeyed_or_refused_in_one_line(here: Path) -> None:
    statuses: Counter[int] = Counter()

    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors])
    @given(sensible())
    def look(words: list[str]) -> None:
        statuses[outcome(words)] += 1

    look()
    assert os.listdir(here), "some of them drew a graph"
    assert min(statuses[0], statuses[2]) > 0.05 * statuses.total(), "else it tests one check only"
