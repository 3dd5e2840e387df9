"""Pictures of a graph are written whole, in every format, as drawings that need no font; or a sentence says why not."""

import os
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from explorer.errors import ExplorerError
from explorer.session.viewing import View
from explorer.ui.drawing.render import PNG_SCALE, SUFFIXES, render_file
from explorer.ui.look import theme as themes
from tests.each import each
from tests.session.shown import KINDS, example
from tests.ui.painting import pixels, share_of

pytestmark = pytest.mark.usefixtures("qapp")


def drawn(path: Path, width: int = 0) -> QImage:
    renderer = QSvgRenderer(str(path))
    assert renderer.isValid()
    size = renderer.defaultSize()
    scale = width / size.width() if width else 1.0
    image = QImage(round(size.width() * scale), round(size.height() * scale), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


@each(("architecture", "feedback"), KINDS)
def test_every_network_becomes_a_drawing_that_needs_no_font(
    tmp_path: Path, architecture: str, feedback: str | None
) -> None:
    path = tmp_path / "graph.svg"
    render_file(example(architecture, feedback), path)
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.parse(path).iter()}
    assert "path" in tags and "text" not in tags
    assert share_of(pixels(drawn(path)), themes.LIGHT.backward.line) > 0


def test_svg_and_png_show_the_same(tmp_path: Path) -> None:
    shown = example("output_to_hidden", "free_running_yhat")
    for suffix in (".svg", ".png"):
        render_file(shown, tmp_path / f"graph{suffix}", View(30))
    png = QImage(str(tmp_path / "graph.png"))
    svg = drawn(tmp_path / "graph.svg", png.width())
    assert svg.size() == png.size()
    # Glyphs are painted a little differently, so whole pictures are compared, not pixels.
    smooth = Qt.TransformationMode.SmoothTransformation
    small = [pixels(image.scaled(90, 50, mode=smooth)) for image in (png, svg)]
    assert np.abs(small[0] - small[1]).mean() < 2
    assert np.abs(small[0] - 255).mean() > 5


def test_a_pdf_is_one_page_of_the_size_of_the_drawing(tmp_path: Path) -> None:
    shown = example("hidden_to_hidden", None)
    render_file(shown, tmp_path / "graph.pdf")
    render_file(shown, tmp_path / "graph.png")
    data = (tmp_path / "graph.pdf").read_bytes()
    assert data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
    boxes = re.findall(rb"/MediaBox \[([\d. ]+)\]", data)
    assert len(boxes) == 1
    width = float(boxes[0].split()[2])
    assert width == pytest.approx(QImage(str(tmp_path / "graph.png")).width() / PNG_SCALE * 0.75, abs=1)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_folded_dark_and_of_a_given_width(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"graph{suffix.upper()}"  # a suffix may be written large
    shown = example("hidden_and_output", "teacher_forcing")
    render_file(shown, path, View(20, fold=1.0, show_a=True), "dark", width=640)
    assert path.stat().st_size > 1000
    if suffix == ".png":
        image = QImage(str(path))
        assert image.width() == 640
        assert share_of(pixels(image), themes.DARK.surface) > 0.5


def test_the_theme_of_a_picture_is_not_that_of_the_window(tmp_path: Path) -> None:
    shown = example("hidden_to_hidden", None)
    render_file(shown, tmp_path / "a.png", theme="dark")
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    themes.apply(application, themes.DARK)
    render_file(shown, tmp_path / "b.png", theme="dark")
    themes.apply(application, themes.LIGHT)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_the_cursor_decides_what_is_known(tmp_path: Path) -> None:
    shown = example("hidden_to_hidden", None)
    for cursor, view in ((0, View()), (None, None)):
        render_file(shown, tmp_path / f"{cursor}.png", view)
    nothing, everything = (pixels(QImage(str(tmp_path / f"{name}.png"))) for name in ("0", "None"))
    assert share_of(nothing, themes.LIGHT.backward.line) == 0 < share_of(everything, themes.LIGHT.backward.line)


def test_a_long_sequence_is_squeezed_into_a_picture_that_can_be_opened(tmp_path: Path) -> None:
    shown = example("hidden_to_hidden", None, T=300)
    render_file(shown, tmp_path / "long.png", View(700), whole=True)
    assert QImage(str(tmp_path / "long.png")).width() == 6000 * PNG_SCALE


def test_of_a_long_sequence_the_middle_is_left_out(tmp_path: Path) -> None:
    for T in (20, 200):
        shown = example("hidden_to_hidden", None, T=T)
        render_file(shown, tmp_path / f"{T}.png", View(30))
    short, long = (QImage(str(tmp_path / f"{T}.png")) for T in (20, 200))
    assert short.size() == long.size() and short.width() < 3000


@pytest.mark.parametrize(("T", "whole"), [(1, False), (40, False), (40, True)])
@pytest.mark.parametrize("width", [480, 3000])
def test_a_picture_is_as_wide_as_told_and_never_lower_than_can_be_read(
    tmp_path: Path, T: int, whole: bool, width: int
) -> None:
    shown = example("output_to_hidden", "teacher_forcing", T)
    for suffix in SUFFIXES:
        render_file(shown, tmp_path / f"told{suffix}", View(5), width=width, whole=whole)
    render_file(shown, tmp_path / "free.png", View(5), whole=whole)
    told, free = (QImage(str(tmp_path / f"{name}.png")) for name in ("told", "free"))
    assert told.width() == width
    # As it would be of itself, larger or smaller; at one pixel a unit it gets no lower, and time is squeezed.
    free_height = max(free.height() * width / free.width(), free.height() / PNG_SCALE)
    assert told.height() == pytest.approx(free_height, rel=0.002)
    svg = ElementTree.parse(tmp_path / "told.svg").getroot().attrib
    size = [float(svg[side].removesuffix("mm")) / 25.4 * 96 for side in ("width", "height")]
    assert size == pytest.approx([width, told.height()], abs=0.1)
    box = re.findall(rb"/MediaBox \[([\d. ]+)\]", (tmp_path / "told.pdf").read_bytes())[0].split()
    assert [float(side) for side in box[2:]] == pytest.approx([width * 0.75, told.height() * 0.75], abs=1)


@pytest.mark.parametrize("width", [-1, 0, 479, 8001])
def test_a_width_out_of_range_is_refused(tmp_path: Path, width: int) -> None:
    with pytest.raises(ExplorerError, match=f"{width} pixels wide is out of range; choose a width from 480 to 8000"):
        render_file(example("hidden_to_hidden", None), tmp_path / "graph.png", width=width)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["graph.jpg", "graph", "graph.svg.txt"])
def test_an_unknown_format_is_refused_with_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExplorerError, match=r"\.svg, \.png, \.pdf") as raised:
        render_file(example("hidden_to_hidden", None), tmp_path / name)
    assert name in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_theme_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match="did you mean 'dark'"):
        render_file(example("hidden_to_hidden", None), tmp_path / "graph.svg", theme="darc")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_path_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(ExplorerError, match="cannot be written"):
        render_file(example("hidden_to_hidden", None), tmp_path / "missing" / f"graph{suffix}")
    (tmp_path / f"folder{suffix}").mkdir()
    with pytest.raises(ExplorerError, match="folder"):
        render_file(example("hidden_to_hidden", None), tmp_path / f"folder{suffix}")
    assert os.listdir(tmp_path) == [f"folder{suffix}"]
