"""Turn LaTeX into SVG paths, with the size, the baseline and a plain-text reading of the formula. No Qt.

A formula is typeset once, whatever its size and colours: the SVG names colours by their meaning ("ink",
"backward", …), and whoever paints it puts real ones in their place.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from ziamath.zmath import Math

EM = 48.0
"""Font size, in SVG units, at which formulas are typeset."""
INK = "ink"
"""Name, in the SVG, of the colour of all that no \\textcolor colours."""

ROLES = ("forward", "backward", "target", "loss", "parameter", "muted", INK)
"""Meanings that a part of a formula can be coloured by; INK takes a part back to the formula's own colour."""


class Typeset(Struct, frozen=True):
    """A formula as SVG. `width`, `height` and `baseline` (its distance from the top) are in em.

    `svg` is None where the LaTeX could not be understood; `text` is then the LaTeX itself.
    """

    svg: str | None
    width: float
    height: float
    baseline: float
    text: str


def coloured(latex: str, role: str) -> str:
    """The LaTeX of a part that takes the colour of its meaning: one of `ROLES`."""
    if role not in ROLES:
        raise ValueError(f"no such role: {role}")
    return rf"\textcolor{{{role}}}{{{latex}}}"


@lru_cache(maxsize=1024)
def typeset(latex: str) -> Typeset:
    """Typeset a formula (about 10 ms the first time). LaTeX in error gives no SVG, and no exception."""
    try:
        mathml = _mathml(latex)
        drawn = _drawn(mathml)
        svg = drawn.svg()
    except Exception:  # the libraries raise AssertionError, IndexError and their own, according to the mistake
        return Typeset(None, 0.0, 0.0, 0.0, latex)
    box, margin = drawn.node.bbox, drawn.margin
    return Typeset(
        svg,
        (box.xmax - box.xmin + 2 * margin) / EM,
        (box.ymax - box.ymin + 2 * margin) / EM,
        (box.ymax + margin) / EM,
        plain_text(mathml),
    )


def load() -> None:
    """Import the libraries now (a quarter of a second), not with the first formula."""
    import ziamath.tex
    import ziamath.zmath  # noqa: F401


def _drawn(mathml: str) -> "Math":
    from xml.etree.ElementTree import fromstring

    from ziamath.config import config
    from ziamath.zmath import Math

    # QtSvg knows no SVG 2: with it, glyphs are lost.
    config.svg2 = False
    _spare_rows()
    root = fromstring(mathml)
    root.set("mathcolor", INK)
    return Math(root, size=EM, margin=1.0)


@cache
def _spare_rows() -> None:
    """Have ziamath set only those rows twice that must be.

    It sets each row once more to learn how far to stretch the operators in it, so every level of nesting doubles the
    time. Without stretchy operators the result is the same, in a half to a third of the time. The method
    is ziamath's own business, so pyproject.toml names the versions that have it.
    """
    from ziamath.nodes.mrow import Mrow

    measure = Mrow._get_height_nostretch

    def measured(row: Mrow, line: list["Element"], **settings: object) -> tuple[float, float]:
        if any(_stretches(mo.text or "", mo.get("stretchy")) for child in line for mo in child.iter("mo")):
            height: tuple[float, float] = measure(row, line, **settings)
            return height
        return 0.0, 0.0

    Mrow._get_height_nostretch = measured  # type: ignore[assignment]


@cache
def _stretches(operator: str, said: str | None) -> bool:
    """Whether an operator grows with its row: as its element says, else as is usual."""
    from ziamath.operators import get_params

    usual = any(get_params(operator.strip(), form).get("stretchy") == "true" for form in ("prefix", "infix", "postfix"))
    return usual if said is None else said != "false"


def _mathml(latex: str) -> str:
    from ziamath.tex import tex2mml

    mathml: str = tex2mml(latex)
    if unknown := re.search(r">\\(\w+)<", mathml):
        raise ValueError(f"unknown command \\{unknown[1]}")
    for pattern, replacement in _REPAIRS:
        mathml = pattern.sub(replacement, mathml)
    return mathml


_MINUS = "<mo>&#x02212;</mo>"
_REPAIRS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # latex2mathml writes \hat as ziamath expects \widehat: too wide, and shifted to the right.
        (
            r'(<mover accent="true"><mrow><mi[^>]*>[^<]*</mi></mrow>)<mo>&#x00302;</mo>',
            r'\1<mo stretchy="false">&#710;</mo>',
        ),
        # Likewise \tilde: the character of \widetilde takes room on the left.
        (
            r'<mover>(<mrow><mi[^>]*>[^<]*</mi></mrow>)<mo stretchy="false">&#x0007E;</mo>',
            r'<mover accent="true">\1<mo stretchy="false">&#x002DC;</mo>',
        ),
        # ziamath misreads the kerning of ∇ and sets a gap before its index.
        (r"(<msub><mo>&#x02207;</mo>)<mrow>", r'\1<mrow><mspace width="-0.167em" />'),
        (
            r"(<msub><mo>&#x02207;</mo>)(<m[in]>[^<]*</m[in]>)",
            r'\1<mrow><mspace width="-0.167em" />\2</mrow>',
        ),
        # ∂ is set as an operator, with a space behind it.
        (r"<mo>&#x02202;</mo>", '<mi mathvariant="normal">&#x02202;</mi>'),
        # A minus after a relation, an operator or an opening bracket is a sign: no space behind it.
        (
            r"(<mo[^>]*>(?:=|\(|\[|,|&#x0003D;|&#x00028;|&#x0005B;|&#x0002C;|&#x000D7;|&#x022C5;|&#x000B7;"
            rf"|&#x02190;|&#x02299;|&#x02248;|&#x0002B;)</mo>){_MINUS}",
            r'\1<mo form="prefix">&#x02212;</mo>',
        ),
    )
)


def plain_text(mathml: str) -> str:
    """A formula's reading on one line, for tool tips and screen readers: `∇_{h^(t)}L = Wᵀ…`."""
    from xml.etree.ElementTree import fromstring

    text = _read(fromstring(mathml))
    return " ".join(re.sub(r"(?<=[^\s=+−×←≈·⊙(\[,;])([=+−×←≈·⊙])", r" \1 ", text).split())


_ACCENTS = {"ˆ": "\u0302", "^": "\u0302", "~": "\u0303", "˜": "\u0303", "¯": "\u0304", "˙": "\u0307", "→": "\u20d7"}


def _read(element: "Element") -> str:
    parts = [_read(child) for child in element]
    match element.tag.rpartition("}")[2]:
        case "mphantom":
            return ""
        case "mspace":
            return "" if element.get("width", "").startswith("-") else " "
        case "msup":
            return f"{parts[0]}^{_grouped(parts[1])}"
        case "msub" | "munder":
            return f"{parts[0]}_{_grouped(parts[1])}"
        case "msubsup" | "munderover":
            return f"{parts[0]}_{_grouped(parts[1])}^{_grouped(parts[2])}"
        case "mover":
            return parts[0] + _ACCENTS.get(parts[1], f"^{_grouped(parts[1])}")
        case "mfrac":
            return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
        case "msqrt":
            return f"√{_grouped(''.join(parts))}"
        case "mtr":
            return ", ".join(parts)
        case "mtable":
            return "; ".join(parts)
        case _:
            return (element.text or "").strip() + "".join(parts)


def _grouped(text: str) -> str:
    simple = len(text) == 1 or re.fullmatch(r"\([^()]*\)|\w+", text)
    return text if simple else f"({text})"
