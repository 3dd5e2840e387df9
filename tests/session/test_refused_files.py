"""A file that is no document, or is not where it should be, gets one sentence, and nothing changes."""

import json
import os
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.files.archive import pack
from explorer.session.document import Document
from explorer.session.files import VERSION, Opened, faults_of, open_document, save_document
from explorer.session.session import Session
from explorer.session.weights import Weights, fit_of
from tests.each import each
from tests.session.test_files import EVERYTHING, refusal
from tests.settings import a_document


def test_a_file_of_a_later_version_is_not_misread(tmp_path: Path) -> None:
    path = tmp_path / "later.rnnx"
    path.write_text(f'{{"version": {VERSION + 1}, "networks": []}}')
    assert refusal(path) == f"{path} was saved by a later version of RNN Explorer; open it with that one."


def test_what_makes_no_sense_can_be_read_but_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "lesson.rnnx"
    path.write_text('{"task": "majority"}')
    session = Session()
    with pytest.raises(ExplorerError, match=r"lesson\.rnnx cannot be opened: .*asks for one output"), faults_of(path):
        session.open(open_document(path))
    assert session.document == Document()


def test_weights_beside_a_task_that_its_network_does_not_go_with_are_refused_as_that(tmp_path: Path) -> None:
    path = tmp_path / "odd.rnnx"
    content = {"network": {"architecture": "encoder_decoder"}, "weights": {"origin": "a file", "parameters": {}}}
    path.write_text(json.dumps(content | {"version": VERSION}))
    assert "cannot be opened" in refusal(path)


BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "it is empty"),
    "truncated": (b'{"length": 9', "it is no JSON, as line 1, column 13 shows"),
    "text": (b"a = b + W h + U x", "it is no JSON, as line 1, column 1 shows"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "it is not UTF-8 text"),
    "not UTF-8": (b'{"task": "\xe9"}', "it is not UTF-8 text"),
    "UTF-16": (json.dumps({"length": 9}).encode("utf-16"), "it is not UTF-8 text"),
    "nested deep": (b"[" * 100_000, "it is a list, not an object in braces"),
    "a list": (b"[]", "it is a list, not an object in braces"),
    "an unknown setting": (b'{"lenght": 9, "hidden": 2}', "no setting called 'lenght'; did you mean 'length'?"),
    "an unknown part": (b'{"plan": {"rate": 1}}', "it has a field “rate” in plan, which is not known"),
    "other JSON": (b'{"cells": []}', "it holds other JSON, for “cells” is no setting of a document"),
    "a word as a number": (b'{"length": "9"}', "length is text, not a whole number"),
    "a fraction as a whole number": (b'{"hidden": 2.5}', "is 2.5; choose a whole number from 1 to 1,024."),
    "true as a number": (b'{"seed": true}', "seed is true or false, not a whole number"),
    "NaN": (b'{"learning_rate": NaN}', "it holds NaN, and JSON knows only finite numbers"),
    "a number that no float holds": (b'{"learning_rate": 1e999}', "it holds a number that is too large"),
    "a setting twice": (b'{"length": 9, "length": 8}', "it has “length” twice in one place; keep one of them"),
    "an edit of nothing": (b'{"edits": [{"type": "node"}]}', "edits[0].type: Invalid value 'node'"),
    "an edit without its value": (
        b'{"edits": [{"type": "input", "t": 1}]}', "edits[0] has no field “step”",
    ),
    "a case": (b'{"architecture": "hidden_to_hidden", "sizes": {}}', "it is a case, which the command trace computes"),
}  # fmt: skip


@each(("content", "reason"), BAD.values())
def test_a_file_that_is_no_document_says_why(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "bad.rnnx"
    path.write_bytes(content)
    message = refusal(path)
    assert message.startswith(f"{path} is no RNN Explorer file: ")
    assert reason in message


def assert_shown_or_refused(path: Path) -> None:
    """It is opened, or refused in a sentence, and then nothing has changed."""
    session = Session()
    try:
        session.open(open_document(path))
    except ExplorerError as error:
        assert str(error).endswith((".", "?"))
        assert session.document == Document()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_file_is_read_or_refused_in_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(msgspec.json.encode(EVERYTHING))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        content[start : start + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=5))
    path = tmp_path / "damaged.rnnx"
    path.write_bytes(bytes(content))
    assert_shown_or_refused(path)


@st.composite
def altered(draw: st.DrawFn) -> Any:
    """The document as plain data, with one of its settings replaced by anything."""
    plain = msgspec.to_builtins(EVERYTHING)
    anything = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.just([]) | st.just({})
    plain[draw(st.sampled_from(sorted(plain)))] = draw(anything | st.lists(anything, max_size=2))
    return plain


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(altered())
def test_a_changed_setting_is_shown_or_refused_in_a_sentence(tmp_path: Path, plain: Any) -> None:
    path = tmp_path / "changed.rnnx"
    path.write_text(json.dumps(plain), encoding="utf-8")
    assert_shown_or_refused(path)


WEIGHTS = {"b": [0.0] * 3, "W": [[0.0, 0.0]] * 3, "U": [[0.0, 0.0]] * 3, "c": [0.0, 0.0], "V": [[0.0] * 3] * 2}


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        ({"b": [0.0]}, "its weights are b, not b, W, U, c, V"),
        ({}, "its weights are none, not b, W, U, c, V"),
        (WEIGHTS | {"b": [0.0, 0.0]}, "its weights b are not 3 numbers"),
        (WEIGHTS | {"W": [[0.0, 0.0], [0.0], [0.0, 0.0]]}, "its weights W are not 3 × 2 numbers"),
        (WEIGHTS | {"W": [0.0, 0.0]}, "its weights W are not 3 × 2 numbers"),
    ],
)
def test_weights_that_do_not_fit_their_document_are_refused(tmp_path: Path, weights: Any, reason: str) -> None:
    path = tmp_path / "bad.rnnx"
    path.write_text(json.dumps({"hidden": 3, "weights": {"origin": "me", "parameters": weights}}))
    assert refusal(path) == f"{path} cannot be opened: {reason}."


def test_weights_that_are_no_numbers_are_not_saved_over_those_that_are(tmp_path: Path) -> None:
    path, session = tmp_path / "work.rnnx", Session(a_document(hidden=3))
    save_document(session.content, path)
    theta = {name: array * np.nan for name, array in session.shown.trace.parameters.items()}
    session.use_weights(Weights(theta, "weights of Plain training", fit_of(session.document)))
    with pytest.raises(ExplorerError, match="cannot be saved; show an earlier iteration"):
        save_document(session.content, path)
    assert open_document(path).weights is None


PACKED: dict[str, tuple[bytes, str]] = {
    "of a later version": (
        pack(f'{{"version": {VERSION + 1}, "networks": []}}'.encode(), {}), "was saved by a later version of RNN Expl",
    ),
    "no JSON": (pack(b"{", {}), "is no RNN Explorer file: it is no JSON, as line 1, column 2 shows"),
    "NaN": (pack(b'{"learning_rate": NaN}', {}), "it holds NaN, and JSON knows only finite numbers"),
    "a huge sequence": (pack(b'{"length": 100000000}', {}), "'Length T' is 100000000; choose a whole number from 1"),
    "a huge network": (pack(b'{"network": {"hidden": 1000000}}', {}), "choose a whole number from 1 to 1,024"),
    "a run that is none": (pack(b'{"version": 4, "runs": [{}]}', {}), "runs[0] has no field “id”"),
    "a run without settings": (
        pack(b'{"version": 4, "runs": [{"id": 0, "settings": {}, "stage": "finished", "iteration": 3}]}', {}),
        "cannot be opened: 'Output → hidden' feeds its output back: say what is fed",
    ),
    "a travel to nowhere": (pack(b'{"version": 4, "view": {"travel": [1]}}', {}), "view.travel"),
    "a sight beyond": (pack(b'{"version": 4, "view": {"sight": {"x": 2, "y": 0, "zoom": 1}}}', {}), "view.sight.x"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "reason"), PACKED.values(), ids=PACKED)
def test_a_zip_that_holds_no_document_says_why_and_leaves_the_session_as_it_was(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path, session = tmp_path / "bad.rnnx", Session()
    path.write_bytes(content)
    assert reason in refusal(path)
    state, view, runs = session.state, session.view, session.runs.records
    with pytest.raises(ExplorerError):
        session.open(open_document(path))
    assert session.state is state and session.view is view and session.runs.records is runs


class TestPlaces:
    """Where files are and are not."""

    @pytest.mark.parametrize("name", ["missing.rnnx", ".", "a\0b", "x" * 5000])
    def test_what_is_not_there(self, tmp_path: Path, name: str) -> None:
        assert f"The file {tmp_path / name} cannot be read: " in refusal(tmp_path / name)

    def test_what_is_larger_than_any_document(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("explorer.session.files.LARGEST", 2**20)
        path = tmp_path / "large.rnnx"
        path.write_bytes(b" " * (2**20 + 1))
        assert refusal(path) == f"The file {path} is larger than 1 MB; give a smaller one."

    @pytest.mark.parametrize("name", ["missing/lesson.rnnx", ".", "a\0b"])
    def test_where_nothing_can_be_saved(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(ExplorerError, match=r" cannot be written: .*\. Choose another place\.$"):
            save_document(Opened(EVERYTHING), tmp_path / name)
        assert list(tmp_path.iterdir()) == []

    def test_a_full_disk_keeps_the_file_that_was_there(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        path = tmp_path / "lesson.rnnx"
        save_document(Opened(Document()), path)
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(ExplorerError, match="No space left on device"):
            save_document(Opened(EVERYTHING), path)
        assert open_document(path).document == Document()
        assert list(tmp_path.iterdir()) == [path]
