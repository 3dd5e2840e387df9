"""Run RNN Explorer: `main` opens the window, or does one of the commands that need none.

Nothing heavy is imported before it is needed, so `--help` answers at once.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

from explorer import __version__
from explorer.cli.parsers import COMMANDS, OneLineParser, one_line
from explorer.cli.words import is_line
from explorer.errors import ExplorerError, check_known, suggest
from explorer.language import LANGUAGES, speak, tr
from explorer.wording import begun

OPENED = (
    ".rnnx", ".json", ".npz", ".npy", ".safetensors", ".csv", ".tsv", ".tab", ".dat", ".txt", ".md", ".log",
    ".pt", ".pth", ".bin", ".pkl", ".pickle", ".ckpt", ".h5", ".hdf5", ".keras",
)  # fmt: skip
"""Endings of files that the window opens, or says why not, without `--open`."""


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
    print(one_line(f"rnn-explorer: {message}"), file=sys.stderr)
    return 2


def _discard_output() -> None:
    """Let what is still buffered for standard output go nowhere, or Python would complain once more at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _run(words: list[str]) -> int:
    _settle_language(words)
    parsers = _parsers(words)
    first = next(iter(words), "")
    known = any(option.startswith(first.partition("=")[0]) for option in parsers[""].options)
    if first.startswith("-") and not known:  # before its value is taken for a command
        raise _unknown_word(first, parsers[""])
    at = _first_without_option(words)
    if at is not None and (words[at].lower().endswith(OPENED) or is_line(words[at])):
        words.insert(at, "--open")  # as file managers start a program, or a person pastes a line after its name
    elif at is not None and words[at] not in COMMANDS:
        raise suggest(words[at], COMMANDS, tr("command"))
    options, unknown = parsers[""].parse_known_args(words)
    if unknown:
        raise _unknown_word(unknown[0], parsers[options.command or ""])
    if options.command and any(given is not None for given in (options.screenshot, options.size, options.open)):
        about = "--open, --screenshot and --size are about the window"
        raise ExplorerError(f"{about}; leave {options.command} out, or them.")
    module = COMMANDS[options.command].module if options.command else "window"
    status: int = getattr(import_module(f"explorer.cli.{module}"), module)(options)
    return status


def _settle_language(words: list[str]) -> None:
    """Speak the language that is asked for, before or after a command, before anything that has texts is imported.

    Without one, the window speaks the language chosen in it, or the system's, and commands speak English, since
    programs read what they print. What argparse says is English always.
    """
    asked = OneLineParser(add_help=False, allow_abbrev=False)
    asked.add_argument("--language")
    found, others = asked.parse_known_args(words)
    if found.language is not None:
        check_known(found.language, LANGUAGES, tr("language"))
        speak(found.language)
        words[:] = others


def _first_without_option(words: list[str]) -> int | None:
    """Where the first word is that is neither an option nor its value: a command, or what is to be opened."""
    at = 0
    while at < len(words):
        if not words[at].startswith("-"):
            return at
        # Of the options before a command, --help and --version alone take no value, and end the program.
        at += 1 if "=" in words[at] else 2
    return None


def _unknown_word(word: str, parser: OneLineParser) -> ExplorerError:
    option = word.partition("=")[0]
    if option.startswith("-"):
        return suggest(option, parser.options, tr("option of {prog}", prog=parser.prog))
    return ExplorerError(f"{word!r} is one word too many; see {parser.prog} --help.")


def _parsers(words: Sequence[str]) -> dict[str, OneLineParser]:
    """The parser of each command, and under "" the one of the whole line."""
    parser = OneLineParser(
        prog="rnn-explorer",
        description="See recurrent networks unfold, step through BPTT with real numbers, and compare "
        "teacher forcing with free running. Without a command, the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"RNN Explorer {__version__}")
    about = "what the window has saved or shared, a case, weights or data; also without --open"
    parser.add_argument("--open", metavar="FILE.rnnx", help=about)
    parser.add_argument("--screenshot", metavar="FILE.png", help="save a picture of the window; needs no screen")
    parser.add_argument("--size", metavar="WIDTHxHEIGHT", help="of the screenshot (1440x900)")
    parser.add_argument("--theme", metavar="light|dark", help="instead of the system's")
    parser.add_argument("--language", metavar="|".join(LANGUAGES), help="instead of the one chosen, or the system's")
    commands = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND")
    parsers: dict[str, OneLineParser] = {"": parser}
    for name, command in COMMANDS.items():
        parsers[name] = commands.add_parser(name, help=command.about, description=f"{begun(command.about)}.")
        if name in words:  # or their options, which follow from the settings, would be read for nothing
            command.add(parsers[name])
    return parsers
