"""Run RNN Explorer: `main` opens the window, or does one of the commands that need none.

Nothing heavy is imported before it is needed, so `--help` answers at once.
"""

import os
import sys
from argparse import SUPPRESS, Action, ArgumentParser
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any, NoReturn

from explorer import __version__
from explorer.errors import ExplorerError, suggest

COMMANDS = {
    "trace": "compute all values and gradients of a case (JSON)",
    "train": "train a network in one or more ways and compare",
    "render": "draw a network's graph to a file",
    "list": "list architectures, tasks, activations and feedback modes",
}


class OneLineParser(ArgumentParser):
    """Says what is wrong in one line and exits with status 2; `options` are the names that it knows."""

    def __init__(self, **settings: Any):
        self.options: list[str] = []
        super().__init__(**settings)

    def add_argument(self, *names: Any, **settings: Any) -> Action:
        action = super().add_argument(*names, **settings)
        self.options += action.option_strings
        return action

    def error(self, message: str) -> NoReturn:
        reason = f"{message[:1].upper()}{message[1:].rstrip('.')}"
        self.exit(2, _one_line(f"{self.prog}: {reason}. See {self.prog} --help.") + "\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; returns the exit status: 0, 2 after one line on standard
    error, or 1 where a case was checked and differs from what it expects."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # not every console knows ŷ
    try:
        status = _status(words)
        print(end="", flush=True)  # unlike sys.stdout.flush(), also without a console
    except ExplorerError as error:
        return _failed(str(error))
    except ImportError as error:
        return _failed(_what_is_missing(error))
    except BrokenPipeError:
        _discard_output()
        return 141  # as a program that SIGPIPE ends: whoever read the output has seen enough (`list | head`)
    except OSError as error:  # files are written elsewhere, and say so themselves
        _discard_output()
        return _failed(f"The output cannot be written: {error.strerror or error}.")
    except KeyboardInterrupt:
        print("rnn-explorer: stopped.", file=sys.stderr)
        return 130
    return status


def _what_is_missing(error: ImportError) -> str:
    """Which libraries of the system Qt lacks; any import that fails for another reason is a mistake of ours."""
    if not (error.path or "").endswith((".so", ".pyd")):
        raise error
    from explorer.ui import system_libraries

    libraries = system_libraries.missing()
    return system_libraries.sentence(libraries) if libraries else f"A library cannot be loaded: {error}."


def _status(words: list[str]) -> int:
    try:
        return _run(words)
    except SystemExit as end:  # argparse, after --help or what it could not parse
        return int(end.code or 0)


def _failed(message: str) -> int:
    print(_one_line(f"rnn-explorer: {message}"), file=sys.stderr)
    return 2


def _one_line(message: str) -> str:
    """The message with escapes for line ends and the like, which the name of a file may hold."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in message)


def _discard_output() -> None:
    """Let what is still buffered for standard output go nowhere, or Python would complain once more at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _run(words: list[str]) -> int:
    parsers = _parsers(words)
    first = next(iter(words), "")
    if first.startswith("-"):
        # Before argparse takes the value of an option that it does not know for a command.
        if not any(option.startswith(first.partition("=")[0]) for option in parsers[""].options):
            raise _unknown_word(first, parsers[""])
    elif first.endswith(".rnnx"):
        words = ["--open", *words]  # as file managers start a program
    elif first and first not in COMMANDS:
        raise suggest(first, COMMANDS, "command")
    options, unknown = parsers[""].parse_known_args(words)
    if unknown:
        raise _unknown_word(unknown[0], parsers[options.command or ""])
    if options.command and any(given is not None for given in (options.screenshot, options.size, options.open)):
        about = "--open, --screenshot and --size are about the window"
        raise ExplorerError(f"{about}; leave {options.command} out, or them.")
    match options.command:
        case "trace":
            from explorer.cli.trace import trace

            return trace(options)
        case "train":
            from explorer.cli.train import train

            return train(options)
        case "render":
            from explorer.cli.render import render

            return render(options)
        case "list":
            from explorer.cli.listing import listing

            return listing(options)
    from explorer.cli.window import window

    return window(options)


def _unknown_word(word: str, parser: OneLineParser) -> ExplorerError:
    option = word.partition("=")[0]
    if option.startswith("-"):
        return suggest(option, parser.options, f"option of {parser.prog}")
    return ExplorerError(f"{word!r} is one word too many; see {parser.prog} --help.")


def _parsers(words: Sequence[str]) -> dict[str, OneLineParser]:
    """The parser of each command, and under "" the one of the whole line."""
    parser = OneLineParser(
        prog="rnn-explorer",
        description="See recurrent networks unfold, step through BPTT with real numbers, and compare "
        "teacher forcing with free running. Without a command, the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"RNN Explorer {__version__}")
    parser.add_argument("--open", metavar="FILE.rnnx", help="what the window has saved; the name alone does so too")
    parser.add_argument("--screenshot", metavar="FILE.png", help="save a picture of the window; needs no screen")
    parser.add_argument("--size", metavar="WIDTHxHEIGHT", help="of the screenshot (1440x900)")
    parser.add_argument("--theme", metavar="light|dark", help="instead of the system's")
    commands = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND")
    add = {"trace": _add_trace, "train": _add_train, "render": _add_render, "list": _add_list}
    parsers: dict[str, OneLineParser] = {"": parser}
    for command, about in COMMANDS.items():
        parsers[command] = commands.add_parser(command, help=about, description=f"{about[:1].upper()}{about[1:]}.")
        if command in words:  # or their options, which follow from the settings, would be read for nothing
            add[command](parsers[command])
    return parsers


def _add_trace(parser: OneLineParser) -> None:
    layout = "network, sizes, parameters, inputs and targets, as Case in explorer/files/case.py describes them"
    parser.add_argument("case", metavar="CASE.json", help=layout)
    parser.add_argument("-o", "--output", metavar="OUT.json", help="instead of standard output")
    parser.add_argument("--check", action="store_true", help="compare with the case's expected; exit 1 if it differs")


def _add_list(parser: OneLineParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")


def _add_train(parser: OneLineParser) -> None:
    from explorer.cli.options import FLAGS, add_options, add_settings, add_switch

    add = parser.add_argument
    add("--architecture", metavar="ID", required=True)
    add("--task", metavar="ID", required=True)
    add("--feedback", metavar="MODE", action="append", help="one run each; may be given several times")
    add(
        "--schedule",
        metavar="KIND[:k=X,start=P,end=P,over=N,coin=step|sequence]",
        help="of the mixed feedbacks: constant, linear, exponential or inverse_sigmoid (linear)",
    )
    add_settings(parser, FLAGS, {"length": "the task's own"})
    add_switch(parser, "carry_state")
    add_options(parser)
    add("--csv", metavar="OUT.csv", help="also write the curves")


def _add_render(parser: OneLineParser) -> None:
    from explorer.cli.options import add_settings

    add = parser.add_argument
    add("--architecture", metavar="ID", required=True)
    add("--task", metavar="ID")
    add("--feedback", metavar="MODE")
    settings = ("length", "hidden", "lag", "seed")
    add_settings(parser, settings, dict.fromkeys(settings))
    add("--folded", action="store_true", help="the folded graph, with its delay")
    add("--whole", action="store_true", help="every step; else, of more than 12, the middle is left out")
    add("--width", metavar="PIXELS", type=int, help="of the picture (as wide as the drawing)")
    add("--event", metavar="N", type=int, help="after this many events (0: nothing computed yet; default: all)")
    add("--theme", metavar="light|dark", default=SUPPRESS)  # else it would undo one given before the command
    add("-o", "--output", metavar="FILE.svg|.png|.pdf", required=True)
