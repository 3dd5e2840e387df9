"""The learner's own text from a file, and what is said when it cannot be had."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.tasks import get_task, read_text
from explorer.tasks.text_file import LARGEST_FILE
from tests.refusals import refusal_of


def written(folder: Path, data: bytes) -> Path:
    path = folder / "text.txt"
    path.write_bytes(data)
    return path


def refusal(path: Path) -> str:
    return refusal_of(read_text, path)


def test_a_text_comes_as_it_is_and_makes_a_task(tmp_path: Path) -> None:
    path = written(tmp_path, "Füße 語 😀\n".encode())
    assert read_text(path) == read_text(str(path)) == "Füße 語 😀\n"
    assert get_task("next_symbol", text=read_text(path)).n_x == 8


def test_the_byte_order_mark_goes_and_line_ends_become_newlines(tmp_path: Path) -> None:
    assert read_text(written(tmp_path, b"\xef\xbb\xbfa\r\nb\rc\n\r\n")) == "a\nb\nc\n\n"


def test_an_empty_file(tmp_path: Path) -> None:
    path = written(tmp_path, b"")
    assert refusal(path) == f"'{path}' is empty; give at least two different characters."


def test_nothing_but_a_byte_order_mark(tmp_path: Path) -> None:
    assert "is empty" in refusal(written(tmp_path, b"\xef\xbb\xbf"))


def test_one_character(tmp_path: Path) -> None:
    path = written(tmp_path, b"a")
    assert refusal(path) == (
        f"'{path}' holds no character but 'a', so there is nothing to predict; give at least two different characters."
    )


def test_a_hundred_thousand_different_characters(tmp_path: Path) -> None:
    path = written(tmp_path, "".join(chr(0x10000 + i) for i in range(100_000)).encode())
    assert refusal(path).startswith(f"'{path}' holds 100,000 different characters, ")


def test_a_file_that_is_not_utf8_names_the_first_byte_that_does_not_fit(tmp_path: Path) -> None:
    path = written(tmp_path, b"caf\xe9 au lait")
    assert refusal(path) == (
        f"'{path}' is not UTF-8 text: byte 4 (0xE9) does not fit; choose its encoding, "
        "Latin-1 (western Europe), UTF-16 or GB 18030 (Chinese), or save it as UTF-8."
    )


def test_ten_megabytes_are_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    data = b"ab" * (LARGEST_FILE // 2)
    assert len(read_text(written(tmp_path, data))) == LARGEST_FILE
    path = written(tmp_path, data + b"a")
    assert refusal(path) == f"The file {path} is larger than 10 MB; give a smaller one."


@given(st.binary(max_size=200) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_a_usable_text_or_one_sentence(tmp_path: Path, data: bytes) -> None:
    path = written(tmp_path, data)
    try:
        text = read_text(path)
    except ExplorerError as error:
        assert str(error).endswith(".")
        assert "\n" not in str(error)
    else:
        assert get_task("next_symbol", text=text).n_x == len(set(text)) >= 2
