"""Draw the layers of the code, from the import contracts and the first line of each package: resources/layers.svg.

Run it after either has changed: `python tests/layers.py`. test_package.py says when that is due.
"""

import ast
import re
import textwrap
import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "resources" / "layers.svg"

WIDTH, ARROW = 940, 44
PAD, GAP, LINE = 12, 6, 17
CHARACTER = 6.1
"""Width of an average letter, in px, generously: the fonts of whoever looks are not known."""
STYLE = """
text { font-family: Helvetica, Arial, sans-serif; font-size: 12px; fill: #4a5763 }
.name { font-weight: 600; font-size: 13px; fill: #17212b }
rect { fill: #23405c; fill-opacity: 0.06; stroke: #8fa1b3; stroke-opacity: 0.6 }
path { fill: none; stroke: #8fa1b3; stroke-width: 1.5 }
@media (prefers-color-scheme: dark) {
  text { fill: #aab6c2 } .name { fill: #e8edf2 } rect { fill: #a9c4df; fill-opacity: 0.1; stroke: #5d6f80 }
}
"""


def contracts() -> dict[str, list[list[str]]]:
    """The layers within each package that has any, top first, each a list of modules side by side."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    return {
        contract["containers"][0]: [re.findall(r"\w+", layer) for layer in contract["layers"]]
        for contract in settings["contracts"]
        if contract["type"] == "layers"
    }


def first_line(module: str) -> str:
    """What a module's docstring says first."""
    path = ROOT / module.replace(".", "/")
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    said = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return said.partition("\n")[0].replace("`", "")


def frame(x: float, y: float, width: float, height: float) -> str:
    """The box of a package."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="6"/>'


def content(module: str, x: float, y: float, width: float, narrow: bool = False) -> tuple[list[str], float]:
    """A package's name, what it is for, and its layers: their elements, and the height of its box."""
    name = module.rpartition(".")[2]
    elements = [f'<text class="name" x="{x + PAD:g}" y="{y + 20:g}">{name}</text>']
    beside = 0 if narrow else 130
    below = y + 20 + (LINE if narrow else 0)
    for line in textwrap.wrap(first_line(module), int((width - 2 * PAD - beside) / CHARACTER)):
        elements.append(f'<text x="{x + PAD + beside:g}" y="{below:g}">{escape(line)}</text>')
        below += LINE
    below += PAD - LINE
    for row in contracts().get(module, []):
        share = (width - 2 * PAD - (len(row) - 1) * GAP) / len(row)
        lefts = [x + PAD + place * (share + GAP) for place in range(len(row))]
        below += GAP
        cells = [
            content(f"{module}.{cell}", left, below, share, narrow=len(row) > 1)
            for cell, left in zip(row, lefts, strict=True)
        ]
        height = max(height for _, height in cells)
        for (cell, _), left in zip(cells, lefts, strict=True):
            elements += [frame(left, below, share, height), *cell]
        below += height
    return elements, below - y + (PAD if module in contracts() else 0)


def picture() -> str:
    """The SVG."""
    left, top, width = ARROW, 1, WIDTH - ARROW - 1
    elements, height = content("explorer", left, top, width)
    tip = height - 4
    arrow = f'<path d="M28 8V{tip:g}m-5 -8l5 8l5 -8"/>'
    words = f'<text transform="translate(18 {height / 2:g}) rotate(-90)" text-anchor="middle">imports point down</text>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height + 2:g}">'
    whole = frame(left, top, width, height)
    return "\n".join([head, f"<style>{STYLE}</style>", arrow, words, whole, *elements, "</svg>", ""])


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8", newline="\n")
