"""Commands that need the window: its files, its look, playing, training. They look like those of the session."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from explorer.graph.equation import Equation
from explorer.language import LANGUAGES, tr
from explorer.session.commands import Command
from explorer.session.runs.stories import STORIES
from explorer.session.session import Session
from explorer.session.training_plan import how_trained, plan_runs
from explorer.session.variations import at_once, why_no_readout
from explorer.training.settings import problem_of
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.kept import keep_language, kept_language
from explorer.ui.look.appearance import Appearance, Look
from explorer.ui.look.text_size import SIZES, USUAL_SIZE
from explorer.ui.parts.ways import Way
from explorer.ui.training.panel import TrainingPanel
from explorer.ui.window.acting import act
from explorer.ui.window.case_files import CaseFiles
from explorer.ui.window.documents import Documents
from explorer.ui.window.exporting import Exporting
from explorer.ui.window.opening import Opening
from explorer.ui.window.story_teller import StoryTeller
from explorer.ui.window.weights_files import WeightsFiles

Value = TypeVar("Value")
LANGUAGE_TITLES = {"": tr("As the system"), **LANGUAGES}
WALKS: dict[Way, str] = {
    "left": tr("Pick out what is to the le&ft"),
    "right": tr("Pick out wh&at is to the right"),
    "up": tr("Pick out what is ab&ove"),
    "down": tr("Pick out what is belo&w"),
}
TEXT_TITLES = {size: tr("{size} %", size=size) for size in SIZES}
LOOK_TITLES: dict[Look, str] = {"light": tr("&Light"), "dark": tr("&Dark"), "system": tr("As the s&ystem")}


def file_commands(
    files: Documents, weights: WeightsFiles, cases: CaseFiles, opening: Opening, leave: Callable[[], object]
) -> tuple[Command, ...]:
    """Open and save what is looked at."""
    return (
        Command("open", tr("&Open…"), act(opening.ask), ("Ctrl+O",)),
        Command("open_weights", tr("&Weights from a file…"), act(weights.ask_and_open)),
        Command("save_case", tr("Save as a &case…"), act(cases.ask_and_save)),
        Command("save_weights", tr("Save the we&ights…"), act(weights.ask_and_save)),
        Command("open_last", tr("Open the &last session"), act(files.open_last)),
        Command("save", tr("&Save"), act(files.ask_and_save), ("Ctrl+S",)),
        Command("save_as", tr("Save &as…"), act(files.ask_and_save_as), ("Ctrl+Shift+S",)),
        Command("quit", tr("&Quit"), act(leave), ("Ctrl+Q",)),
    )


def exporting_commands(exporting: Exporting, equation: Callable[[], Equation | None]) -> tuple[Command, ...]:
    """Take what is shown elsewhere."""

    def copy(language: str) -> Callable[[Session], None]:
        return act(lambda: exporting.copy_equation(equation(), language))

    return (
        Command("export", tr("&Export…"), act(exporting.ask), ("Ctrl+E",)),
        Command(
            "copy_numbers",
            tr("Copy the num&bers"),
            act(lambda: exporting.copy_numbers(equation())),
            ("Ctrl+C",),
            local=True,
        ),
        Command("copy_latex", tr("Copy the equation as &LaTeX"), copy("latex"), ("Ctrl+Shift+L",)),
        Command("copy_markdown", tr("Copy the equation as &Markdown"), copy("markdown"), ("Ctrl+Shift+M",)),
    )


def graph_commands(canvas: Canvas, appearance: Appearance) -> tuple[Command, ...]:
    """Look at the graph from elsewhere, in another look; pick out with the keys what a click picks out."""
    return (
        *(
            Command(f"walk_{way}", title, act(partial(canvas.walk, way)), (f"Shift+{way.capitalize()}",), local=True)
            for way, title in WALKS.items()
        ),
        Command("fit", tr("Fit the &graph"), act(canvas.fit), ("0",)),
        Command("zoom_in", tr("Zoom &in"), act(canvas.zoom_in), ("+", "=")),
        Command("zoom_out", tr("Zoom &out"), act(canvas.zoom_out), ("-",)),
        *_choices("look", LOOK_TITLES, appearance.choose, lambda: appearance.look),
    )


def language_commands(say: Callable[[str], None]) -> tuple[Command, ...]:
    """Choose the language that is spoken from the next start on."""
    chosen = kept_language()  # a file: not read again whenever the menus ask

    def speak(code: str) -> None:
        nonlocal chosen
        keep_language(code)
        chosen = code
        say(tr("The language takes effect at the next start of RNN Explorer."))

    return _choices("language", LANGUAGE_TITLES, speak, lambda: chosen)


def text_commands(appearance: Appearance) -> tuple[Command, ...]:
    """Make text, and all around it, larger or smaller."""
    return (
        Command("text_larger", tr("&Larger"), act(partial(appearance.step_text, 1)), ("Ctrl++", "Ctrl+=")),
        Command("text_smaller", tr("&Smaller"), act(partial(appearance.step_text, -1)), ("Ctrl+-",)),
        Command("text_usual", tr("&Usual"), act(partial(appearance.choose_text, USUAL_SIZE)), ("Ctrl+0",)),
        *_choices("text", TEXT_TITLES, appearance.choose_text, lambda: appearance.text),
    )


def training_commands(training: TrainingPanel, teller: StoryTeller) -> tuple[Command, ...]:
    """Train, and be told what there is to see in it."""

    def why_not(session: Session) -> str:
        return training.why_not

    def no_readout(session: Session) -> str:
        return training.why_not or why_no_readout(session.document)

    def learn_at_once(session: Session) -> None:
        runs = plan_runs(problem_of(session.document), session.document.plan)
        training.running.start(tuple(map(at_once, runs)), training.running.beginning)
        training.notice.say(how_trained(at_once(runs[0])))

    return (
        Command("train", tr("&Run / pause"), act(training.running.run), ("Ctrl+R",), why_not),
        Command("train_once", tr("&One iteration"), act(training.running.step), ("Ctrl+T",), why_not),
        Command("train_readout", tr("&Learn the readout at once"), learn_at_once, (), no_readout),
        Command("train_anew", tr("R&eset"), act(training.running.reset), ("Ctrl+Backspace",)),
        *(
            Command(f"story_{n}", tr("Story &{n}: {story}", n=n, story=story.title), act(partial(teller.tell, story)))
            for n, story in enumerate(STORIES, 1)
        ),
    )


def _choices(
    choice: str, titles: Mapping[Value, str], take: Callable[[Value], object], taken: Callable[[], Value]
) -> tuple[Command, ...]:
    """A switch for each value that can be chosen; that of the one that is taken is on."""

    def turn(value: Value, session: Session, *, on: bool) -> None:
        if on:  # to turn one off is to choose another
            take(value)

    def is_taken(value: Value, session: Session) -> bool:
        return taken() == value

    ids = {value: f"{choice}_{value or 'system'}" for value in titles}
    return tuple(
        Command(ids[value], title, partial(turn, value), on=partial(is_taken, value), choice=choice)
        for value, title in titles.items()
    )
