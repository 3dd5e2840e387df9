"""The derivation as Markdown with TeX between dollar signs, as notebooks and forges show it."""

import re
from collections.abc import Iterator
from itertools import chain, groupby

from explorer.export.derivation.parts import FormulaLine, Passage, heading, passages
from explorer.export.format import ExportKind, Format, Material, Options, not_finite, of_lines
from explorer.language import tr

_SPECIAL = re.compile(r"([\\`*_\[\]<>$#|])")


def _lines(material: Material, options: Options) -> Iterator[str]:
    yield f"# {_plain(heading(material))}"
    for phase, told in groupby(passages(material, options), lambda passage: passage.phase):
        yield f"\n## {phase}"
        yield from chain.from_iterable(map(passage_lines, told))


def passage_lines(passage: Passage) -> Iterator[str]:
    """What is said of one event."""
    source = f" ({_plain(passage.source)})" if passage.source else ""
    yield f"\n### {_plain(passage.title)}{source}"
    yield f"\n{_plain(passage.caption)}"
    yield from map(_formula, passage.lines)
    yield from (f"\n{_plain(cut)}" for cut in passage.cuts)
    for line in passage.derivation:
        yield f"\n{_plain(line.words)}"
        yield _formula(line)


def _formula(line: FormulaLine) -> str:
    return f"\n$$\n{line.tex}\n$$"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


FORMAT = Format(
    id="markdown",
    kind=ExportKind.DERIVATION,
    title="Markdown",
    suffix=".md",
    about=tr("each event in symbols and numbers, formulas between dollar signs"),
    heeds=("events",),
    lacks=not_finite,
    write=of_lines(_lines),
)
