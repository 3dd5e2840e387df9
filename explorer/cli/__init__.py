"""Run RNN Explorer: `main` opens the window, or does one of the commands that need none.

Nothing heavy is imported before it is needed, so `--help` answers at once.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import NoReturn

from explorer import __version__
from explorer.errors import ExplorerError, suggest

COMMANDS = {
    "trace": "compute all values and gradients of a case (JSON)",
    "train": "train a network in one or more ways and compare",
    "render": "draw a network's graph to a file",
    "list": "list architectures, tasks, activations and feedback modes",
}


class OneLineParser(ArgumentParser):
    """Says what is wrong in one line, with the nearest known word, and exits with status 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message[:1].upper()}{message[1:].rstrip('.')}. See {self.prog} --help.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; returns the exit status: 0, or 2 after one line on standard error."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(words)
    except ExplorerError as error:
        print(f"rnn-explorer: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("rnn-explorer: stopped.", file=sys.stderr)
        return 130


def _run(words: list[str]) -> int:
    first = next(iter(words), "")
    if first and not first.startswith("-") and first not in COMMANDS:
        raise suggest(first, COMMANDS, "command")
    options = _parser().parse_args(words)
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


def _parser() -> ArgumentParser:
    parser = OneLineParser(
        prog="rnn-explorer",
        description="See recurrent networks unfold, step through BPTT with real numbers, and compare "
        "teacher forcing with free running. Without a command, the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"RNN Explorer {__version__}")
    parser.add_argument("--screenshot", metavar="FILE.png", help="save a picture of the window; needs no screen")
    parser.add_argument("--size", metavar="WIDTHxHEIGHT", default="1440x900", help="of the screenshot (1440x900)")
    parser.add_argument("--theme", metavar="light|dark", help="instead of the system's")
    commands = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND")
    trace = commands.add_parser("trace", help=COMMANDS["trace"], description=COMMANDS["trace"])
    trace.add_argument("case", metavar="CASE.json")
    trace.add_argument("-o", "--output", metavar="OUT.json", help="instead of standard output")
    _add_train(commands.add_parser("train", help=COMMANDS["train"], description=COMMANDS["train"]))
    _add_render(commands.add_parser("render", help=COMMANDS["render"], description=COMMANDS["render"]))
    listing = commands.add_parser("list", help=COMMANDS["list"], description=COMMANDS["list"])
    listing.add_argument("--json", action="store_true", help="for programs")
    return parser


def _add_train(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("--architecture", metavar="ID", required=True)
    add("--task", metavar="ID", required=True)
    add("--feedback", metavar="MODE", action="append", help="one run each; may be given several times")
    add("--activation", metavar="NAME", default="tanh")
    add("--hidden", metavar="N", type=int, default=8, help="hidden units (8)")
    add("--length", metavar="T", type=int, help="time steps (the task's own)")
    add("--batch", metavar="B", type=int, default=32, help="sequences in a mini-batch (32)")
    add("--iterations", metavar="N", type=int, default=1000, help="updates (1000)")
    add("--optimizer", metavar="NAME", default="adam", help="sgd, adam, … (adam)")
    add("--lr", metavar="X", type=float, default=0.02, help="learning rate (0.02)")
    add("--clip", metavar="NORM", type=float, help="clip the gradient's norm (section 10.11.1)")
    add("--seed", metavar="S", type=int, default=0, help="of weights, batches and judging (0)")
    add("--text", metavar="FILE", help="UTF-8 text for the task next_symbol")
    add("--option", metavar="NAME=VALUE", action="append", default=[], help="an option of the task, such as k=3")
    add("--evaluate-every", metavar="K", type=int, default=25, help="iterations between judgings, 0 = never (25)")
    add("--csv", metavar="OUT.csv", help="also write the curves")


def _add_render(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("--architecture", metavar="ID", required=True)
    add("--task", metavar="ID")
    add("--length", metavar="T", type=int)
    add("--feedback", metavar="MODE")
    add("--hidden", metavar="N", type=int)
    add("--seed", metavar="S", type=int)
    add("--folded", action="store_true", help="the folded graph, with its delay")
    add("--event", metavar="N", type=int, help="after this many events (0: nothing computed yet; default: all)")
    add("--theme", metavar="light|dark", default="light")
    add("-o", "--output", metavar="FILE.svg|.png|.pdf", required=True)


