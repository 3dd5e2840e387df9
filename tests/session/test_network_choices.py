"""What a network leaves to the learner belongs to the document: chosen, undone, saved, seen in the first weights."""

from pathlib import Path

import numpy as np
import pytest

from explorer.errors import ExplorerError
from explorer.graph.unfold import Vertex
from explorer.session.editable import editable
from explorer.session.edits import InitialEdit
from explorer.session.equations.focus import node_faces
from explorer.session.files import Opened, open_document, save_document
from explorer.session.session import Session
from explorer.training.run import Run
from explorer.training.settings import TaskSettings
from tests.settings import a_document, some_settings


def radius(session: Session) -> float:
    return float(np.abs(np.linalg.eigvals(session.shown.trace.parameters["W"])).max())


def test_the_spectral_radius_of_the_echo_state_is_chosen_and_undone() -> None:
    session = Session(a_document("echo_state", feedback=None))
    before = session.shown.trace.parameters
    assert radius(session) == pytest.approx(0.95)
    session.change(choices={"radius": 1.5, "input_scale": 0.1, "sparsity": 0.0})
    after = session.shown.trace.parameters
    assert radius(session) == pytest.approx(1.5) and after["W"].all()
    np.testing.assert_allclose(after["V"].std(), before["V"].std(), rtol=0.5)
    assert np.abs(after["U"]).max() < 0.1 < np.abs(before["U"]).max()
    session.undo()
    assert radius(session) == pytest.approx(0.95)


def test_choices_that_another_network_does_not_have_go_with_it_and_undo_brings_them_back() -> None:
    session = Session(a_document("leaky", feedback=None))
    session.change(choices={"alpha": 0.9})
    assert (session.shown.trace.parameters["alpha"] == 0.9).all()
    session.change(architecture="gru")
    assert session.document.network.choices == {}
    session.undo()
    assert session.document.network.choices == {"alpha": 0.9}


def test_a_file_keeps_them_and_one_that_holds_others_says_so(tmp_path: Path) -> None:
    document = a_document("leaky", feedback=None, choices={"alpha": 0.9, "learned": False})
    save_document(Opened(document), tmp_path / "a.rnnx")
    assert open_document(tmp_path / "a.rnnx").document == document
    session = Session()
    with pytest.raises(ExplorerError, match="There is no choice of Leaky units called 'radius'"):
        session.open(Opened(a_document("leaky", feedback=None, choices={"radius": 0.9})))


@pytest.mark.parametrize("learned", [True, False])
def test_alpha_is_learned_or_stays_as_it_is(learned: bool) -> None:
    choices = {"alpha": 0.75, "learned": learned}
    run = Run(some_settings("leaky", iterations=2, batch=4, length=4, hidden=3, choices=choices))
    run.step()
    assert (run.parameters["alpha"] == 0.75).all() != learned


@pytest.mark.parametrize("network", ["output_to_hidden", "hidden_and_output", "bidirectional", "encoder_decoder"])
def test_a_text_opens_with_the_network_that_shows_what_teacher_forcing_is(network: str) -> None:
    session = Session(a_document())
    session.change(architecture=network)
    session.change(task=TaskSettings("next_symbol"))
    assert session.document.network.architecture == "autoregressive"
    session.change(architecture="hidden_and_output")
    session.change(task=TaskSettings("next_symbol", {"text": "abcabd"}))
    assert session.document.network.architecture == "hidden_and_output", "it was chosen, and only the text is another"


@pytest.mark.parametrize("network", ["hidden_to_hidden", "lstm", "deep_stacked"])
def test_a_network_that_reads_a_text_once_stays(network: str) -> None:
    session = Session(a_document(network, feedback=None))
    session.change(task=TaskSettings("next_symbol"))
    assert session.document.network.architecture == network


def test_a_network_and_the_task_that_opens_with_it_bring_each_other_where_another_does_not_fit() -> None:
    session = Session(a_document())
    session.change(architecture="recursive_tree")
    assert session.document.task.id == "truth_value"
    session.change(architecture="hidden_to_hidden")
    session.change(task=TaskSettings("truth_value"))
    assert session.document.network.architecture == "recursive_tree"
    session.change(architecture="sequence_to_one", task=TaskSettings("majority"))
    session.change(architecture="recursive_tree")
    assert session.document.task.id == "majority", "which goes with it"


def test_the_first_symbol_is_seen_as_y_0_and_edited_there() -> None:
    session = Session(a_document("autoregressive", "next_symbol"))
    trace = session.shown.trace
    first = session.shown.task.input_units[int(trace.value("y", 0).argmax())]
    assert trace.value("y", 0).sum() == 1.0 and first in "hello"
    said = node_faces(session.shown, Vertex("y", 0))[0].equation.caption
    assert said.endswith("so this is what the data have before the first target unless you set it.")
    assert "what the data have before the first target" in editable(session.shown, Vertex("y", 0)).note
    session.edit(InitialEdit("y", 0, 0.5))
    assert session.shown.trace.value("y", 0).tolist() == [0.5, *trace.value("y", 0)[1:]]
    session.change(feedback="free_running_yhat", edits=())
    np.testing.assert_array_equal(session.shown.trace.value("yhat", 0), trace.value("y", 0))


def test_a_network_that_is_asked_for_together_with_a_text_stays() -> None:
    session = Session(a_document())
    session.change(architecture="output_to_hidden", task=TaskSettings("next_symbol"))
    assert session.document.network.architecture == "output_to_hidden"
