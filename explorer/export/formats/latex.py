"""The derivation as a LaTeX document."""

from collections.abc import Iterator
from itertools import chain, groupby

from explorer.export.derivation.parts import FormulaLine, Passage, heading, passages
from explorer.export.derivation.tex import in_tex
from explorer.export.format import ExportKind, Format, Material, Options, not_finite, of_lines
from explorer.language import tr

_PREAMBLE = r"""\documentclass{article}
\usepackage[T1]{fontenc}
% Letters that stay sharp when a page is enlarged, where they are installed.
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\usepackage{amsmath, amssymb, graphicx}
\usepackage[margin=2.5cm]{geometry}
\setcounter{MaxMatrixCols}{20}
\setlength{\parindent}{0pt}
% A formula that is wider than the page is made to fit.
\newcommand{\formula}[1]{\begin{center}%
  \resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{$\displaystyle #1$}\end{center}}
"""


def _lines(material: Material, options: Options) -> Iterator[str]:
    yield _PREAMBLE
    yield rf"\title{{{in_tex(heading(material))}}}"
    yield r"\author{}\date{}"
    yield r"\begin{document}"
    yield r"\maketitle"
    for phase, told in groupby(passages(material, options), lambda passage: passage.phase):
        yield rf"\section*{{{phase}}}"
        yield from chain.from_iterable(map(_passage_lines, told))
    yield r"\end{document}"


def _passage_lines(passage: Passage) -> Iterator[str]:
    """What is said of one event, for the body of a document with amsmath; `\\formula` is a displayed formula."""
    source = rf" \hfill {in_tex(passage.source)}" if passage.source else ""
    yield ""
    yield rf"\subsection*{{{in_tex(passage.title)}{source}}}"
    yield in_tex(passage.caption)
    yield from (_formula(line) for line in passage.lines)
    for cut in passage.cuts:
        yield f"{in_tex(cut)}\n"
    for line in passage.derivation:
        yield in_tex(line.words)
        yield _formula(line)


def _formula(line: FormulaLine) -> str:
    return rf"\formula{{{line.tex}}}"


FORMAT = Format(
    id="latex",
    kind=ExportKind.DERIVATION,
    title="LaTeX",
    suffix=".tex",
    about=tr("each event in symbols and numbers, a document to typeset"),
    heeds=("events",),
    lacks=not_finite,
    write=of_lines(_lines),
)
