"""What a kind of file is that can be exported: its name and suffix, what it is made of, and what may be chosen."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Annotated, Literal, Protocol

from msgspec import Meta, Struct

from explorer.errors import refuse
from explorer.graph.analyse.events import Event, list_events
from explorer.graph.analyse.trace import Trace
from explorer.language import tr
from explorer.reading.size import Size, read_size
from explorer.session.document import Shown
from explorer.session.viewing import View
from explorer.training.record import Record

SMALLEST, LARGEST = 100, 8000
"""Pixels that a side of a picture can have."""


class ExportKind(StrEnum):
    """What a file holds; files are offered in this order."""

    GRAPH = tr("The graph")
    STEPPING = tr("The stepping")
    DERIVATION = tr("The derivation")
    PROGRAM = tr("Programs")
    DATA = tr("Data")


class Options(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What can be chosen of a file; each format names those that it heeds."""

    events: Annotated[
        Literal["all", "current"],
        Meta(title=tr("Events"), description=tr("Every event, or only the one that is shown")),
    ] = "all"
    size: (
        Annotated[
            str, Meta(title=tr("Size"), description=tr("Pixels, such as 1280x720; left out, as large as the drawing"))
        ]
        | None
    ) = None
    scale: (
        Annotated[
            float,
            Meta(
                ge=0.25,
                le=16,
                title=tr("Scale"),
                description=tr("Pixels of a unit of the drawing; left out, 2 for a picture"),
            ),
        ]
        | None
    ) = None
    colours: Annotated[
        Literal["shown", "light", "dark"],
        Meta(title=tr("Colours"), description=tr("As it is shown, or as in the light or the dark theme")),
    ] = "shown"
    transparent: Annotated[bool, Meta(title=tr("Transparent"), description=tr("No ground behind the drawing"))] = False
    text: Annotated[
        Literal["outlines", "text"],
        Meta(
            title=tr("Letters"),
            description=tr("As outlines, which look the same everywhere, or as text to select and edit"),
        ),
    ] = "outlines"
    every_step: Annotated[
        Literal["node", "step", "phase"],
        Meta(title=tr("A picture for each"), description=tr("How far it goes on from one picture to the next")),
    ] = "step"
    sentence: Annotated[
        Literal["below", "none"],
        Meta(title=tr("Sentence"), description=tr("What happens, said below each picture, or not")),
    ] = "below"
    seconds: Annotated[float, Meta(gt=0, le=60, title=tr("Seconds"), description=tr("How long each picture stays"))] = (
        0.6
    )

    def pixels(self) -> Size | None:
        """The size as width and height; ExplorerError for what is none."""
        return None if self.size is None else read_size(self.size, (SMALLEST, SMALLEST), (LARGEST, LARGEST))


class Draw(Protocol):
    """Draws the graph as it is shown in a view, as a file with this suffix; `told`: with what happens said below."""

    def __call__(self, shown: Shown, view: View, suffix: str, options: Options, told: bool = False) -> bytes: ...


class Material(Struct, frozen=True, eq=False, kw_only=True):
    """What files are made of: one computed sequence or batch, how it is looked at, and the curves of runs.

    `shown` is None for what comes from a case, which no task has made; `draw` where nothing can draw.
    """

    trace: Trace
    events: tuple[Event, ...]
    view: View
    shown: Shown | None = None
    draw: Draw | None = None
    records: Sequence[Record] = ()

    @property
    def event(self) -> Event | None:
        """The event that was done last; None before the first."""
        return self.events[self.view.cursor - 1] if self.view.cursor else None

    @property
    def title(self) -> str:
        """The network, and its figure if it has one."""
        return self.trace.network.architecture.title_and_figure


def of_shown(shown: Shown, view: View, draw: Draw | None = None, records: Sequence[Record] = ()) -> Material:
    """What is shown in a view."""
    return Material(trace=shown.trace, events=shown.events, view=view, shown=shown, draw=draw, records=records)


def of_trace(trace: Trace) -> Material:
    """A trace by itself, after all its events."""
    events = list_events(trace.graph, trace)
    return Material(trace=trace, events=events, view=View(len(events)))


Content = bytes | str
"""Text is written as UTF-8."""


def _nothing(material: Material) -> str:
    return ""


class Format(Struct, frozen=True, kw_only=True):
    """A kind of file. `heeds` are the options that it takes; `lacks` says in a sentence what a material lacks for it.

    With `write` it is one file; with `frames` a folder of them, each with its name. `drawn`: it is made of pictures.
    `mime` is what the clipboard knows it by, where it goes there as it is written.
    """

    id: str
    kind: ExportKind
    title: str
    suffix: str
    about: str
    heeds: tuple[str, ...] = ()
    drawn: bool = False
    mime: str = ""
    lacks: Callable[[Material], str] = _nothing
    write: Callable[[Material, Options], Content] | None = None
    frames: Callable[[Material, Options], Iterator[tuple[str, Content]]] | None = None

    def why_not(self, material: Material) -> str:
        """Why there can be no such file of this, in a sentence; "" where there can be."""
        return _not_drawn(material) if self.drawn else self.lacks(material)

    def check(self, material: Material) -> None:
        """Raise ExplorerError where there can be no such file of this."""
        refuse(self.why_not(material))


def not_finite(material: Material) -> str:
    """Why there is no file of numbers that overflowed."""
    return (
        "" if material.trace.finite else tr("The numbers overflow, so no file can hold them: make the weights smaller.")
    )


def _not_drawn(material: Material) -> str:
    """Why there is no picture of what was never shown."""
    if material.shown is not None and material.draw is not None:
        return ""
    return tr("There is nothing here to draw as a picture; export it as tikz.")


def no_runs(material: Material) -> str:
    """Why there are no curves."""
    return "" if material.records else tr("No run in view has been trained, so there are no curves; train one first.")


def of_lines(lines: Callable[[Material, Options], Iterator[str]]) -> Callable[[Material, Options], Content]:
    """Writes these lines as a text."""
    return lambda material, options: "\n".join(lines(material, options)) + "\n"


def drawn_as(suffix: str) -> Callable[[Material, Options], Content]:
    """Writes the graph as it is shown, as a file with this suffix."""

    def write(material: Material, options: Options) -> bytes:
        assert material.shown is not None and material.draw is not None, "see why_not"
        return material.draw(material.shown, material.view, suffix, options)

    return write
