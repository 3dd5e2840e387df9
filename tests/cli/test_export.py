"""`export`: a document or a case as files of other kinds, without a window."""

import json
import re
import runpy
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageSequence
from PySide6.QtSvg import QSvgRenderer

from explorer.export.formats import formats
from explorer.session.document import show
from explorer.session.files import Opened, save_document
from explorer.session.viewing import OtherNetwork, View
from tests.cli.conftest import Command, Refusal
from tests.each import each
from tests.settings import a_document

pytestmark = pytest.mark.usefixtures("qapp")
CASE = Path(__file__).parents[1] / "reference" / "lstm.json"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A small document, looked at after four events."""
    path = tmp_path / "small.rnnx"
    save_document(Opened(a_document(length=2, hidden=2), view=View(cursor=4)), path)
    return path


def exported(command: Command, file: Path, kind: str, *words: str) -> Path:
    """What was written, without a word."""
    path = file.parent / f"out-{kind}"
    outcome = command("export", file, "--as", kind, *words, "-o", path)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "")
    return path


@each("kind", [kind for kind in formats() if not kind.startswith("curves")])
def test_a_document_as_every_kind_of_file(command: Command, document: Path, kind: str) -> None:
    small = ("--size", "300x200") if "size" in formats()[kind].heeds else ()
    path = exported(command, document, kind, *small)
    assert any(path.iterdir()) if path.is_dir() else path.stat().st_size > 100


@pytest.mark.parametrize("kind", ["latex", "markdown", "tikz", "numpy", "pytorch", "csv", "json"])
def test_a_case_as_whatever_needs_no_picture(command: Command, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "out"
    assert command("export", CASE, "--as", kind, "-o", path).status == 0
    assert path.stat().st_size > 1000


def test_the_numpy_program_of_a_case_computes_what_the_case_expects(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "lstm.py"
    command("export", CASE, "--as", "numpy", "-o", path)
    assert runpy.run_path(str(path))["loss"] == pytest.approx(
        json.loads(CASE.read_text())["expected"]["loss"], rel=1e-12
    )


def test_a_case_is_drawn_as_in_the_window(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "lstm.svg"
    assert command("export", CASE, "--as", "svg", "-o", path).status == 0
    assert QSvgRenderer(path.read_bytes()).isValid()


def test_a_document_as_a_case_computes_the_same(command: Command, document: Path) -> None:
    path = exported(command, document, "case")
    assert command("trace", path, "--check").status == 0


def test_of_two_graphs_either_and_it_is_said_which(command: Command, refusal: Refusal, document: Path) -> None:
    opened = Opened(a_document(length=2, hidden=2), view=View(cursor=4, companion=OtherNetwork("lstm")))
    both = document.with_stem("both")
    save_document(opened, both)
    first = exported(command, document, "json").read_text(encoding="utf-8")
    outcome = command("export", both, "--as", "json", "-o", document.parent / "said")
    assert outcome.status == 0 and "--graph second is “LSTM (fig. 10.16)”" in outcome.err
    assert (document.parent / "said").read_text(encoding="utf-8") == first
    assert exported(command, both, "json", "--graph", "first").read_text(encoding="utf-8") == first
    second = json.loads(exported(command, both, "json", "--graph", "second").read_text(encoding="utf-8"))
    assert second["architecture"] == "lstm"
    assert "small.rnnx holds one graph; leave --graph out." in refusal(
        "export", document, "--as", "json", "--graph", "first", "-o", "out"
    )
    traced = command("trace", both)
    assert "--graph second is “LSTM (fig. 10.16)”" in traced.err and "s" not in json.loads(traced.out)["nodes"]
    assert "s" in json.loads(command("trace", both, "--graph", "second").out)["nodes"]
    for file in (document, CASE):
        assert f"{file.name} holds one graph; leave --graph out." in refusal("trace", file, "--graph", "first")


def test_without_runs_there_are_no_curves(refusal: Refusal, document: Path) -> None:
    assert "train one first" in refusal("export", document, "--as", "curves", "-o", document.parent / "out")


def test_the_event_that_is_shown_or_another(command: Command, document: Path) -> None:
    saved = exported(command, document, "markdown", "--events", "current").read_text(encoding="utf-8")
    assert "### ŷ at step 1" in saved and saved.count("###") == 1
    other = exported(command, document, "markdown", "--events", "current", "--event", "1").read_text(encoding="utf-8")
    assert "### a at step 1" in other


def test_the_stepping_goes_through_the_whole_training_step(command: Command, document: Path) -> None:
    content = exported(command, document, "gif", "--every-step", "node", "--size", "300x200", "--seconds", "0.2")
    image = Image.open(BytesIO(content.read_bytes()))
    assert image.size == (300, 200)
    durations = []
    for frame in ImageSequence.Iterator(image):
        durations.append(frame.info["duration"])
    # Pictures that are the same are one that stays longer; the last stays three times as long.
    assert sum(durations) == 200 * (3 + len(show(a_document(length=2, hidden=2)).events))
    assert len(durations) > 10


def test_each_picture_says_what_happens_below_unless_that_is_left_out(command: Command, document: Path) -> None:
    heights = [
        Image.open(BytesIO(exported(command, document, "gif", "--scale", "1", *words).read_bytes())).height
        for words in ((), ("--sentence", "none"))
    ]
    assert heights[0] - heights[1] == 44


def test_numbered_pictures_are_in_a_folder_of_their_own(command: Command, refusal: Refusal, document: Path) -> None:
    folder = exported(command, document, "frames", "--scale", "1")
    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"{n:02}.png" for n in range(1, len(names) + 1)] and len(names) > 9
    assert len({Image.open(BytesIO(path.read_bytes())).size for path in folder.iterdir()}) == 1
    assert "is there already" in refusal("export", document, "--as", "frames", "-o", folder)
    assert sorted(path.name for path in folder.iterdir()) == names


def test_letters_of_an_svg_are_outlines_or_text(command: Command, document: Path) -> None:
    outlines = exported(command, document, "svg").read_bytes()
    text = exported(command, document, "svg", "--text", "text").read_bytes()
    assert b"<text" not in outlines
    written = "".join(re.findall(r"<text[^>]*>([^<]*)</text>", text.decode()))
    assert ("h(1)" in written and "t = 1" in written and "y\u0302" in written) or "ŷ" in written
    assert QSvgRenderer(text).isValid()


def test_beside_each_loss_stands_how_much_it_counts_where_that_is_not_once(command: Command, tmp_path: Path) -> None:
    case = json.loads(CASE.read_text())
    T, B = case["sizes"]["T"], case["sizes"]["B"]
    case["loss_weights"] = [[0.25 if t else 1.0] * B for t in range(T)]
    path = tmp_path / "weighted.json"
    path.write_text(json.dumps(case))
    text = exported(command, path, "svg", "--text", "text").read_text()
    assert "".join(re.findall(r"<text[^>]*>([^<]*)</text>", text)).count("× 0.25") == T - 1


def test_without_a_ground_what_lies_between_the_nodes_is_transparent(command: Command, document: Path) -> None:
    corner = (0, 0)
    solid = Image.open(BytesIO(exported(command, document, "png").read_bytes()))
    clear = Image.open(BytesIO(exported(command, document, "png", "--transparent").read_bytes()))
    assert solid.mode == "RGB" and clear.mode == "RGBA"
    assert clear.getpixel(corner)[3] == 0  # type: ignore[index]
    assert clear.getchannel("A").getextrema() == (0, 255)


def test_the_file_is_named_as_what_it_is_made_of(
    command: Command, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(document.parent)
    assert command("export", document, "--as", "latex").status == 0
    assert (document.parent / "small.tex").is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--as", "numpi"), "did you mean 'numpy'?"),
        (("--as", "numpy", "--scale", "2"), "--scale changes nothing in numpy"),
        (("--as", "png", "--scale", "99"), "choose a number from 0.25 to 16"),
        (("--as", "png", "--size", "wide"), "is not WIDTHxHEIGHT"),
        (("--as", "png", "--size", "9x9"), "choose one from 100x100 to 8000x8000"),
        (("--as", "svg", "--text", "txt"), "'Letters' is txt; choose outlines or text."),
        (("--as", "latex", "--event", "999"), "There is no event 999"),
        (("--as", "json", "--graph", "secnd"), "did you mean 'second'?"),
        (("--as", "svg", "--theme", "drak"), "did you mean 'dark'?"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    refusal: Refusal, document: Path, words: tuple[str, ...], said: str
) -> None:
    assert said in refusal("export", document, *words, "-o", document.parent / "out")
    assert not (document.parent / "out").exists()


def test_what_no_file_or_place_is_that(refusal: Refusal, document: Path) -> None:
    assert "cannot be read" in refusal("export", document.parent / "none.json", "--as", "csv", "-o", "out")
    assert "net.npz holds weights" in refusal("export", document.parent / "net.npz", "--as", "csv", "-o", "out")
    assert "cannot be written" in refusal("export", document, "--as", "csv", "-o", document.parent / "no" / "out")
    folder = document.parent / "no" / "out"
    assert f"{folder} cannot be written" in refusal("export", document, "--as", "frames", "-o", folder)


def test_trace_takes_a_document_too(command: Command, refusal: Refusal, document: Path) -> None:
    found = json.loads(command("trace", document).out)
    trace = show(a_document(length=2, hidden=2)).trace
    assert found["loss"] == trace.loss
    assert found["parameter_gradients"]["W"] == (trace.parameter_gradients["W"] + 0.0).tolist()
    assert "--check goes with a case" in refusal("trace", document, "--check")
