"""`render`: a graph as a picture file, of any network, at any event."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer

from explorer.architectures import architectures
from explorer.drawing.steps import LONGEST
from explorer.graph.feedback import FEEDBACKS
from explorer.session.document import show
from tests.cli.conftest import Command, Refusal
from tests.each import each
from tests.settings import a_document

pytestmark = pytest.mark.usefixtures("qapp")
FIG_10_4 = ("render", "--architecture", "output_to_hidden")


def drawn(command: Command, path: Path, *words: str) -> bytes:
    """The picture of a network, which must be drawn without a word."""
    outcome = command("render", *words, "-o", path)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "")
    return path.read_bytes()


@pytest.mark.parametrize("folded", [(), ("--folded",)], ids=["unfolded", "folded"])
@pytest.mark.parametrize("architecture", architectures())
def test_every_architecture_as_svg(
    command: Command, tmp_path: Path, architecture: str, folded: tuple[str, ...]
) -> None:
    content = drawn(command, tmp_path / "net.svg", "--architecture", architecture, *folded)
    root = ElementTree.fromstring(content)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None and title.text == architectures()[architecture].title
    assert QSvgRenderer(content).isValid()


def test_png_is_a_picture(command: Command, tmp_path: Path) -> None:
    image = QImage.fromData(drawn(command, tmp_path / "net.PNG", "--architecture", "output_to_hidden"))
    assert not image.isNull()
    assert image.width() > image.height() > 400


def test_pdf_is_one_page(command: Command, tmp_path: Path) -> None:
    content = drawn(command, tmp_path / "net.pdf", "--architecture", "sequence_to_one")
    assert content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")
    assert content.count(b"/Type /Page\n") == 1


def test_a_longer_sequence_is_wider(command: Command, tmp_path: Path) -> None:
    def size(length: str) -> QSize:
        words = ("--architecture", "hidden_to_hidden", "--length", length)
        return QImage.fromData(drawn(command, tmp_path / "net.png", *words)).size()

    assert size("8").width() > size("4").width()
    assert size("8").height() == size("4").height()


def test_a_long_sequence_is_shortened_unless_all_of_it_is_asked_for(command: Command, tmp_path: Path) -> None:
    def width(*words: str) -> int:
        words = ("--architecture", "hidden_and_output", "--event", "9", *words)
        return QImage.fromData(drawn(command, tmp_path / "net.png", *words)).width()

    assert width("--length", "40") < width("--length", str(LONGEST)) < width("--length", "40", "--whole")
    assert width("--length", "40", "--whole", "--width", "1200") == 1200
    assert f"of more than {LONGEST}, the middle is left out" in " ".join(command("render", "--help").out.split())


def test_what_is_asked_for_is_what_is_drawn(command: Command, tmp_path: Path) -> None:
    """Each setting makes another picture; the same settings make the same."""
    plain = drawn(command, tmp_path / "net.svg", "--architecture", "output_to_hidden")
    assert drawn(command, tmp_path / "net.svg", "--architecture", "output_to_hidden") == plain
    for words in (
        ("--feedback", "free_running"), ("--length", "3"), ("--hidden", "3"), ("--seed", "1"), ("--event", "9"),
        ("--task", "delayed_echo"), ("--theme", "dark"), ("--folded",), ("--width", "700"),
    ):  # fmt: skip
        assert drawn(command, tmp_path / "net.svg", "--architecture", "output_to_hidden", *words) != plain


def test_the_last_event_is_the_default_and_the_first_has_computed_nothing(command: Command, tmp_path: Path) -> None:
    last = len(show(a_document("output_to_hidden")).events)
    words = ("--architecture", "output_to_hidden")
    plain = drawn(command, tmp_path / "net.svg", *words)
    assert drawn(command, tmp_path / "net.svg", *words, "--event", str(last)) == plain
    assert len(drawn(command, tmp_path / "net.svg", *words, "--event", "0")) < len(plain)


@pytest.mark.parametrize("feedback", FEEDBACKS)
def test_every_feedback(command: Command, tmp_path: Path, feedback: str) -> None:
    words = ("--architecture", "hidden_and_output", "--length", "3", "--feedback", feedback)
    assert QSvgRenderer(drawn(command, tmp_path / "net.svg", *words)).isValid()


def test_a_theme_may_be_given_before_the_command(command: Command, tmp_path: Path) -> None:
    dark = drawn(command, tmp_path / "dark.svg", "--architecture", "output_to_hidden", "--theme", "dark")
    assert command("--theme", "dark", *FIG_10_4, "-o", tmp_path / "before.svg").status == 0
    assert (tmp_path / "before.svg").read_bytes() == dark


@each(
    ("words", "reason"),
    [
        (("--task", "parity"), "There is no task called 'parity'; did you mean 'running_parity'?"),
        (("--task", "majority"), "asks for one output after the last step"),
        (("--feedback", "teacher"), "There is no feedback called 'teacher'; did you mean 'teacher_forcing'?"),
        (("--lag", "2"), "has no connection that skips steps, so there is no lag to choose."),
        (("--open-cells",), "'Output → hidden' has no cells that could be opened."),
        (("--length", "0"), "'Length T' is 0; choose a whole number from 1 to 1,000."),
        (("--length", "1000000000"), "'Length T' is 1000000000; choose a whole number from 1 to 1,000."),
        (("--length", "long"), "Argument --length: “long” is not a whole number; write it like 12 or −3."),
        (("--hidden", "0"), "'Hidden units' is 0; choose a whole number from 1 to 128."),
        (("--seed", "-1"), "'Seed' is -1; choose a whole number from 0 to 2,147,483,647."),
        (("--width", "100"), "A picture 100 pixels wide is out of range; choose a width from 480 to 8000."),
        (("--event", "-1"), "There is no event -1; choose one from 0 to "),
        (("--event", "100000"), "There is no event 100000; choose one from 0 to "),
        (("--event", "last"), "Argument --event: “last” is not a whole number; write it like 12 or −3."),
        (("--theme", "drak"), "There is no theme called 'drak'; did you mean 'dark'?"),
        (("--folded", "--whole"), "--whole draws the unfolded graph; leave it out, or --folded."),
        (("--folded", "--both"), "--both draws the unfolded graph; leave it out, or --folded."),
        (("--unfold",), "There is no option of rnn-explorer render called '--unfold'; did you mean '--folded'?"),
    ],
)  # fmt: skip
def test_a_mistake_gets_one_line_and_no_file(
    refusal: Refusal, tmp_path: Path, words: tuple[str, ...], reason: str
) -> None:
    assert reason in refusal(*FIG_10_4, *words, "-o", tmp_path / "net.svg")
    assert list(tmp_path.iterdir()) == []


def test_feedback_where_there_is_none_says_why(refusal: Refusal, tmp_path: Path) -> None:
    words = ("render", "--architecture", "hidden_to_hidden", "--feedback", "teacher_forcing")
    assert "'Hidden → hidden' does not feed its output back" in refusal(*words, "-o", tmp_path / "net.svg")


def test_letters_are_chosen_for_svg_alone(refusal: Refusal, tmp_path: Path) -> None:
    said = refusal(*FIG_10_4, "--text", "text", "-o", tmp_path / "net.PNG")
    assert "--text changes nothing in .PNG; leave it out, or draw a .svg." in said


@pytest.mark.parametrize("name", ["net.gif", "net", "svg", ".svg", ""])
def test_a_file_must_end_in_what_it_is_to_be(refusal: Refusal, tmp_path: Path, name: str) -> None:
    assert "let it end in one of .svg, .png, .pdf." in refusal(*FIG_10_4, "-o", tmp_path / name)


@pytest.mark.parametrize("name", ["missing/net.svg", "net.gif", "folder.svg"])
def test_a_place_is_tried_before_the_work(
    refusal: Refusal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def never(_: object) -> None:
        raise AssertionError("the work has begun")

    (tmp_path / "folder.svg").mkdir()
    monkeypatch.setattr("explorer.cli.render.show", never)
    refusal(*FIG_10_4, "-o", tmp_path / name)


def test_a_place_where_nothing_can_be_written(refusal: Refusal, tmp_path: Path) -> None:
    assert "cannot be written: No such file or directory." in refusal(*FIG_10_4, "-o", tmp_path / "missing" / "net.svg")
    (tmp_path / "net.svg").mkdir()
    assert "cannot be written: Is a directory." in refusal(*FIG_10_4, "-o", tmp_path / "net.svg")


def test_it_needs_an_architecture_and_a_file(refusal: Refusal) -> None:
    assert "required: -o/--output." in refusal("render")


def test_as_large_as_is_asked_for(command: Command, refusal: Refusal, tmp_path: Path) -> None:
    def size(*words: str) -> tuple[int, int]:
        found = QImage.fromData(drawn(command, tmp_path / "net.png", *FIG_10_4[1:], *words)).size()
        return found.width(), found.height()

    assert size("--size", "1280x720") == (1280, 720)
    one, two = size("--scale", "1"), size()
    assert two == pytest.approx((2 * one[0], 2 * one[1]), abs=2)
    assert "leave --width out" in refusal(*FIG_10_4, "--size", "900x600", "--width", "900", "-o", tmp_path / "a.png")


def test_on_the_way_from_unfolded_to_folded(command: Command, refusal: Refusal, tmp_path: Path) -> None:
    pictures = {drawn(command, tmp_path / "net.svg", *FIG_10_4[1:], "--morph", share) for share in ("0", "0.5", "1")}
    assert len(pictures) == 3
    assert drawn(command, tmp_path / "folded.svg", *FIG_10_4[1:], "--folded") in pictures
    assert "from 0 to 1" in refusal(*FIG_10_4, "--morph", "1.5", "-o", tmp_path / "a.svg")
