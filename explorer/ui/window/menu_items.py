"""List what the menus of the window offer, and the key of each: the whole keyboard in one table."""

from functools import partial
from typing import TYPE_CHECKING

from explorer.architectures import architectures
from explorer.session.runs.stories import STORIES
from explorer.session.stepping import Grain
from explorer.ui.look.appearance import LOOKS, Look
from explorer.ui.window.menus import SEPARATOR, Item, Menu
from explorer.ui.window.story_teller import StoryTeller

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow

LOOK_TITLES: dict[Look, str] = {"light": "&Light", "dark": "&Dark", "system": "As the s&ystem"}


def window_menus(window: "MainWindow") -> tuple[Menu, ...]:
    """The table for `Menus`."""
    return (
        ("&File", _file(window)),
        ("&Edit", _edit(window)),
        ("&View", _view(window)),
        ("&Step", _step(window)),
        ("&Train", _train(window)),
        ("&Help", (Item("&Keys", window.show_keys, ("F1",)), Item("&About RNN Explorer", window.show_about))),
    )


def _file(window: "MainWindow") -> tuple[Item | None, ...]:
    files = window.documents
    return (
        Item("&Open…", files.ask_and_open, ("Ctrl+O",)),
        Item("Open the &last session", files.open_last, name="last"),
        Item("&Save", files.ask_and_save, ("Ctrl+S",)),
        Item("Save &as…", files.ask_and_save_as, ("Ctrl+Shift+S",)),
        SEPARATOR,
        Item("&Export the graph…", files.ask_and_export, ("Ctrl+E",)),
        SEPARATOR,
        Item("&Quit", lambda: window.window().close(), ("Ctrl+Q",)),
    )


def _edit(window: "MainWindow") -> tuple[Item | None, ...]:
    session = window.session
    return (
        Item("&Undo", lambda: window.do(session.undo), ("Ctrl+Z",), name="undo"),
        Item("&Redo", lambda: window.do(session.redo), ("Ctrl+Shift+Z", "Ctrl+Y"), name="redo"),
        SEPARATOR,
        Item("&Edit what is selected…", lambda: window.edit(session.selection), ("Return",), local=True),
        Item("&Nudge a weight…", window.open_nudge, ("N",)),
        Item("&Take edits back", lambda: window.do(session.reset_edits), name="reset"),
        Item("Back to the &initial weights", window.iterations.show_initial, name="weights"),
    )


def _view(window: "MainWindow") -> tuple[Item | None, ...]:
    canvas = window.canvas
    architecture = (
        Item(
            f"&{key}  {a.title}{f' ({a.cited})' if a.cited else ''}",
            lambda id=a.id: window.choose_architecture(id),
            (str(key),),
        )
        for key, a in enumerate(architectures().values(), 1)
    )
    looks = (
        Item(
            LOOK_TITLES[look],
            lambda on, look=look: window.appearance.choose(look) if on else None,
            checked=look == window.appearance.look,
            group="look",
        )
        for look in LOOKS
    )
    return (
        *architecture,
        SEPARATOR,
        Item("&Fold / unfold", canvas.toggle_fold, ("F",)),
        Item("Fit the &graph", canvas.fit, ("0",)),
        Item("Zoom &in", canvas.zoom_in, ("Ctrl++", "+", "=")),
        Item("Zoom &out", canvas.zoom_out, ("Ctrl+-", "-")),
        Item("Show &pre-activations a", window.show_activations, ("A",), False, "show_a"),
        Item("&Motion", canvas.set_motion, (), True),
        Item("&Slow motion (dim all but what is computed)", window.set_slow_motion, ("D",), False),
        SEPARATOR,
        Item("S&ettings beside the graph", window.sidebar.setVisible, ("Ctrl+B",), True),
        Item("Equatio&ns beside the graph", window.inspector.setVisible, ("Ctrl+I",), True),
        Item("&How far gradients reach", window.show_reach, ("G",)),
        Item("T&raining below the graph", window.training.setVisible, ("Ctrl+J",), True),
        SEPARATOR,
        *looks,
    )


def _step(window: "MainWindow") -> tuple[Item | None, ...]:
    step = window.step
    return (
        Item("&Next", lambda: step(1), ("Space",)),
        Item("&Back", lambda: step(-1), ("Shift+Space",)),
        SEPARATOR,
        Item("Next n&ode", lambda: step(1, Grain.NODE), ("Right",), local=True),
        Item("Back one no&de", lambda: step(-1, Grain.NODE), ("Left",), local=True),
        Item("Next &time step", lambda: step(1, Grain.STEP), ("Down",), local=True),
        Item("Back one t&ime step", lambda: step(-1, Grain.STEP), ("Up",), local=True),
        Item("Next p&hase", lambda: step(1, Grain.PHASE), ("PgDown",), local=True),
        Item("Back one ph&ase", lambda: step(-1, Grain.PHASE), ("PgUp",), local=True),
        Item("To the &start", lambda: window.go_to(0), ("Home",), local=True),
        Item("To the &end", window.complete, ("End",), local=True),
        SEPARATOR,
        Item("&Play / pause", window.toggle_play, ("P",)),
        Item("&Faster", lambda: window.change_speed(1), (".",)),
        Item("S&lower", lambda: window.change_speed(-1), (",",)),
        SEPARATOR,
        Item("Take the &update and go on", window.iterations.take_update, ("U",)),
        SEPARATOR,
        Item("P&redict, then reveal", window.quiz.turn, ("Q",), False, "quiz"),
        Item("Back to the e&vent", lambda: window.select(None), ("Esc",), local=True),
    )


def _train(window: "MainWindow") -> tuple[Item | None, ...]:
    training, teller = window.training, StoryTeller(window)
    return (
        Item("&Run / pause", training.run, ("Ctrl+R",)),
        Item("&One iteration", training.step, ("Ctrl+T",)),
        Item("R&eset", training.reset, ("Ctrl+Backspace",)),
        SEPARATOR,
        *(Item(f"Story &{n}: {s.title}", partial(teller.tell, s)) for n, s in enumerate(STORIES, 1)),
    )
