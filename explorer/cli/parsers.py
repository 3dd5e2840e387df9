"""Parse what the command line says: each command with its options, most of which are settings."""

from argparse import SUPPRESS, Action, ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn, TypeVar

from explorer.errors import ExplorerError
from explorer.wording import begun

_Read = TypeVar("_Read", int, float)


class OneLineParser(ArgumentParser):
    """Says what is wrong in one line and exits with status 2; `options` are the names that it knows."""

    def __init__(self, **settings: Any):
        self.options: list[str] = []
        super().__init__(**settings)
        self.register("type", int, _whole)
        self.register("type", float, _number)

    def add_argument(self, *names: Any, **settings: Any) -> Action:
        action = super().add_argument(*names, **settings)
        self.options += action.option_strings
        return action

    def error(self, message: str) -> NoReturn:
        self.exit(2, one_line(f"{self.prog}: {begun(message.rstrip('.'))}. See {self.prog} --help.") + "\n")


def _whole(text: str) -> int:
    from explorer.reading.number import read_whole

    return _read(read_whole, text)


def _number(text: str) -> float:
    from explorer.reading.number import read_number

    return _read(read_number, text)


def _read(read: Callable[[str], _Read], text: str) -> _Read:
    """What is typed as in a field of the window, with a printed minus, say; argparse names the option in a refusal."""
    try:
        return read(text)
    except ExplorerError as error:
        raise ArgumentTypeError(str(error)) from error


def one_line(message: str) -> str:
    """The message with escapes for line ends and the like, which the name of a file may hold."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in message)


def _add_graph(parser: OneLineParser) -> None:
    parser.add_argument("--graph", metavar="first|second", help="of two that stand side by side (first)")


def _trace(parser: OneLineParser) -> None:
    layout = (
        "a document of the window (.rnnx), or network, sizes, parameters, inputs and targets, as Case in "
        "explorer/files/case.py describes them; a case also from standard input, -"
    )
    parser.add_argument("case", metavar="FILE", help=layout)
    _add_graph(parser)
    parser.add_argument("-o", "--output", metavar="OUT.json", help="instead of standard output")
    parser.add_argument("--check", action="store_true", help="compare with the case's expected; exit 1 if it differs")


def _list(parser: OneLineParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")


def _train(parser: OneLineParser) -> None:
    from explorer.cli.options import FLAGS, SWITCHES, add_files, add_options, add_settings, add_switch

    add = parser.add_argument
    add("--architecture", metavar="ID", help="(the one that the window opens the task with)")
    add("--task", metavar="ID", help="what is learned; of --data or --text what is there")
    add("--feedback", metavar="MODE", action="append", help="one run each; may be given several times")
    add(
        "--schedule",
        metavar="KIND[:k=X,start=P,end=P,over=N,coin=step|sequence]",
        help="of the mixed feedbacks: constant, linear, exponential or inverse_sigmoid (linear)",
    )
    add_settings(parser, FLAGS, {"length": "the task's own"})
    add("--seeds", metavar="N", type=int, default=1, help="so many runs of each, from --seed on (1)")
    for name in SWITCHES:
        add_switch(parser, name)
    add_options(parser)
    add(
        "--output",
        dest="option",
        metavar="softmax|sigmoid|linear",
        action="append",
        type="output={}".format,
        help="how targets that are symbols or bits are put out: --option output=...",
    )
    add_files(parser)
    add("--truncate", metavar="K1,K2", help="every K1 steps, back-propagate their losses through the last K2")
    add("--from", dest="start", metavar="FILE", help="begin with the weights in a .rnnx, .npz or .safetensors file")
    add("--save", metavar="FILE", help="keep what was trained: .rnnx with curves and weights, .npz or .safetensors")
    add(
        "--csv", metavar="OUT.csv", help="also write the curves; to -, standard output, and the table to standard error"
    )


def _generate(parser: OneLineParser) -> None:
    add = parser.add_argument
    add("file", metavar="FILE.rnnx", help="a document with a network that has learnt a text")
    add("--prompt", metavar="TEXT", help="what to go on from (the first three characters of the text)")
    add("--count", metavar="N", type=int, default=240, help="characters to write (240)")
    add("--temperature", metavar="X", type=float, default=0.0, help="0 writes the likeliest (0)")
    add("--seed", metavar="S", type=int, default=0, help="of the chances taken at a temperature above 0 (0)")


def _render(parser: OneLineParser) -> None:
    from explorer.cli.choices import add_choices
    from explorer.cli.options import add_options, add_settings

    add = parser.add_argument
    add("--architecture", metavar="ID", help="(the one that the window opens the task with)")
    add("--task", metavar="ID", help="(the first that goes with the network)")
    add_options(parser)
    add("--feedback", metavar="MODE")
    settings = ("length", "hidden", "lag", "seed")
    add_settings(parser, settings, dict.fromkeys(settings))
    add("--folded", action="store_true", help="the folded graph, with its delay")
    add("--both", action="store_true", help="the folded graph beside the unfolded one")
    add("--open-cells", action="store_true", help="the gates inside the cells of an LSTM or a GRU")
    add("--morph", metavar="X", type=float, help="folded as far as this: 0 unfolded, 1 folded")
    add("--whole", action="store_true", help="every step; else, of more than 12, the middle is left out")
    add("--width", metavar="PIXELS", type=int, help="of the picture (as wide as the drawing)")
    add("--event", metavar="N", type=int, help="after this many events (0: nothing computed yet; default: all)")
    add("--theme", metavar="light|dark", default=SUPPRESS)  # else it would undo one given before the command
    add_choices(parser, ("size", "scale", "transparent", "text"))
    add("-o", "--output", metavar="FILE.svg|.png|.pdf", required=True)


def _export(parser: OneLineParser) -> None:
    from explorer.cli.choices import add_choices
    from explorer.export.format import Options
    from explorer.export.formats import formats

    add = parser.add_argument
    add(
        "file", metavar="FILE", help="what the window has saved (.rnnx), or a case (.json), also from standard input, -"
    )
    add("--as", dest="kind", metavar="KIND", required=True, help=f"one of {', '.join(formats())}")
    _add_graph(parser)
    add("--event", metavar="N", type=int, help="after this many events of it (as saved; of a case all)")
    add("--folded", action="store_true", help="the folded graph, with its delay")
    add_choices(parser, [name for name in Options.__struct_fields__ if name != "colours"])  # --theme says that
    add("--theme", metavar="light|dark", default=SUPPRESS)
    add(
        "-o",
        "--output",
        metavar="OUT",
        help="the file to write (-: standard output), or the folder of pictures (named as FILE)",
    )


class _Command(NamedTuple):
    """What a command is for, what adds its options, and the module of this package whose function of that name does it.

    The module is imported once the command is asked for: it may take numpy or Qt.
    """

    about: str
    add: Callable[[OneLineParser], None]
    module: str


COMMANDS = {
    "trace": _Command("compute all values and gradients of a case or document", _trace, "trace"),
    "train": _Command("train a network in one or more ways and compare", _train, "train"),
    "generate": _Command("let a network that has learnt a text write", _generate, "generate"),
    "render": _Command("draw a network's graph to a file", _render, "render"),
    "export": _Command("write a document or case as LaTeX, TikZ, programs, data, pictures", _export, "export"),
    "list": _Command("list architectures, tasks, activations and feedback modes", _list, "listing"),
}
