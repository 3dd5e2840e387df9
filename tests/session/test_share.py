"""A document is one line of text and gives the same numbers again, whatever a chat makes of the line."""

import zlib
from base64 import b64encode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from explorer.architectures import get_architecture
from explorer.errors import ExplorerError
from explorer.session import share
from explorer.session.commands import COMMANDS
from explorer.session.document import Document, show
from explorer.session.edits import WeightEdit
from explorer.session.files import VERSION
from explorer.session.session import Session
from explorer.session.share import LONGEST, is_shared, line_of, shared
from tests.each import each
from tests.oracles.same import assert_same
from tests.refusals import refusal_of
from tests.session.shown import KINDS
from tests.session.test_files import EVERYTHING, documents
from tests.settings import a_document, task_of


def refusal(text: str) -> str:
    message = refusal_of(shared, text)
    assert message.endswith((".", "?")) and "\n" not in message and len(message) < 300
    return message


def packed(content: bytes, version: int = VERSION) -> str:
    packer = zlib.compressobj(zdict=share._USUAL)
    return f"rnnx{version}:{b64encode(packer.compress(content) + packer.flush()).decode()}"


@each(("architecture", "feedback"), KINDS)
def test_it_gives_the_same_numbers(architecture: str, feedback: str | None) -> None:
    task = task_of(get_architecture(architecture))
    edits = (WeightEdit("V", (0, 0), 0.1 + 0.2),)
    document = a_document(architecture, task, length=4, hidden=3, feedback=feedback, edits=edits, seed=2**31 - 1)
    assert_same(show(shared(line_of(document))), show(document))


def test_a_usual_document_is_a_short_line_and_one_with_small_edits_fits_into_a_message() -> None:
    assert len(line_of(Document())) < 130  # settings added since cost a few letters each
    assert len(line_of(EVERYTHING)) < 330
    assert "\n" not in line_of(EVERYTHING)
    edits = tuple(WeightEdit("W", (i, j), round(0.37 * i - j, 2)) for i in range(8) for j in range(8))
    assert len(line_of(a_document(edits=edits))) < LONGEST


def test_what_would_be_too_long_is_refused() -> None:
    text = "".join(chr(0x4E00 + (i * i * 7919) % 20_000) for i in range(2000))
    with pytest.raises(ExplorerError, match=r"^This would be a line of [\d,]+ characters, more than the 2,000 "):
        line_of(a_document(task="next_symbol", task_options={"text": text}))


def test_lines_of_today_are_read_for_ever() -> None:
    assert shared("rnnx4:ePk/U6QMG03Royl6eKVoAMOM9FQ") == Document()


@pytest.mark.parametrize("around", ["Try this: {}", "`{}`", "<{}>", "\n\t{}\n", "“{}”, says Ann.", "{} and step to 12"])
def test_what_stands_around_it_does_not_matter(around: str) -> None:
    text = around.format(line_of(EVERYTHING))
    assert is_shared(text) and shared(text) == EVERYTHING


@given(st.lists(st.integers(6, 200), max_size=5), st.sampled_from(["\n", " ", "\r\n  "]))
def test_line_ends_that_a_chat_puts_in_do_not_matter(places: list[int], end: str) -> None:
    line = line_of(EVERYTHING)
    for place in sorted(places, reverse=True):
        line = line[:place] + end + line[place:]
    assert shared(line) == EVERYTHING


BAD = {
    "": "There is no shared line in this text",
    "hello": "There is no shared line in this text",
    "rnnx:abc": "There is no shared line in this text",
    "rnnx4:": "cut off or changed",
    "rnnx4:ePk/U6QMG03Royl6eKVoAMOM": "cut off or changed",
    "rnnx4:ePk/U6QMG03Royl6eKVoAMOM8FQ": "cut off or changed",
    "rnnx4:AAAA": "cut off or changed",
    "rnnx999:AAAA": "by a later version",
    packed(
        f'{{"version": {VERSION + 1}}}'.encode()
    ): "This line was shared by a later version of RNN Explorer; open it with that one.",
    packed(b'{"length": "x"}'): "This line holds no document: length is text, not a whole number",
    packed(b'{"hidden": NaN}'): "This line holds no document: ",
    packed(b'{"length": 0}'): "This line holds no document: 'Length T' is 0",
    packed(b"[]"): "This line holds no document: ",
    packed(b" " * 2**21 + b"{}"): "cut off or changed",
    "rnnx4:" + "A" * 200_000: "There is no shared line in this text",
}


@each(("text", "reason"), BAD.items())
def test_what_is_no_line_is_refused_in_a_sentence_and_the_session_untouched(text: str, reason: str) -> None:
    assert reason in refusal(text)
    session = Session(EVERYTHING)
    before, view = session.state, session.view
    with pytest.raises(ExplorerError):
        COMMANDS["open_shared"].run(session, {"line": text})
    assert session.state is before and session.view is view


@given(st.data())
def test_a_damaged_line_is_refused(data: st.DataObject) -> None:
    line = line_of(EVERYTHING)
    place = data.draw(st.integers(6, len(line) - 2))
    letter = data.draw(st.sampled_from("AZaz09+/").filter(lambda letter: letter != line[place]))
    damaged = line[:place] + letter + line[place + 1 :]
    try:
        assert shared(damaged) == EVERYTHING, "no bit of it was meant by that letter"
    except ExplorerError as error:
        assert str(error).endswith((".", "?"))


@settings(deadline=None)
@given(documents)
@example(Document())
def test_any_document_comes_back_or_is_refused(document: Document) -> None:
    try:
        line = line_of(document)
        assert shared(line) == document
    except ExplorerError as error:
        assert str(error).endswith((".", "?"))


def test_a_line_opens_with_the_panels_as_they_are_and_undo_leads_back() -> None:
    session = Session(EVERYTHING)
    session.look(cursor=9, equations=False, pinned="W", show_a=True)
    COMMANDS["open_shared"].run(session, {"line": line_of(a_document(length=3))})
    assert session.document == a_document(length=3)
    view = session.view
    assert (view.cursor, view.equations, view.pinned, view.show_a) == (0, False, "", True)
    session.undo()
    assert session.document == EVERYTHING
