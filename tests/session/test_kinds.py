"""A file is opened as what it holds, also where its ending leaves that open."""

from pathlib import Path

import pytest

from explorer.session.kinds import FileKind, kind_of


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("sheet.txt", "x_1 = (1, 0)^T, x_2 = (0, 1)^T\ny_1 = 1, y_2 = 0\n", FileKind.DATA),
        ("sheet.txt", "x = (0,5; −1)\ny = (1; ?)\n", FileKind.DATA),
        ("sheet.txt", "W = [[0.5, 1], [0, 2]]\nU = (1, 0)\n", FileKind.WEIGHTS),
        ("sheet.txt", "u = (1, 0)\ny = (0.5, 1)\n", FileKind.DATA),
        ("sheet.txt", "weight_ih_l0 = tensor([[1., 0.]])\nweight_hh_l0 = tensor([[0.5]])\n", FileKind.WEIGHTS),
        ("story.txt", "Alice: it was late.\nBob said nothing.\n", FileKind.TEXT),
        ("data.json", '{"x": [[1, 0], [0, 1]], "y": [1, 0]}', FileKind.DATA),
        ("records.json", '[{"temp": 1.5, "rain": 0}, {"temp": 2.5, "rain": 1}]', FileKind.DATA),
        ("pandas.json", '{"schema": {}, "data": [{"index": 0, "temp": 1.5}]}', FileKind.DATA),
        ("bits.json", "[[1, 0, 1], [0, 1, 1]]", FileKind.DATA),
        ("named.json", '{"data": [[1, 0], [0, 1]], "W": [[1]]}', FileKind.WEIGHTS),
        ("weights.json", '{"u": 1, "w": 0.5, "v": 1}', FileKind.WEIGHTS),
    ],
)
def test_what_a_file_is_can_be_told_by_the_names_in_it(tmp_path: Path, name: str, content: str, kind: FileKind) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert kind_of(tmp_path / name) is kind
