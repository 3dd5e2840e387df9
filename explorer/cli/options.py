"""Give settings by options: each option's help, kind and default are those of the setting."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping
from typing import Any

from explorer.data.choices import Choices
from explorer.reading.bounds import declared
from explorer.reading.encodings import ENCODINGS
from explorer.training.settings import RunSettings
from explorer.wording import inner

FLAGS = {
    "activation": ("--activation", "NAME"),
    "hidden": ("--hidden", "N"),
    "lag": ("--lag", "D"),
    "length": ("--length", "T"),
    "batch": ("--batch", "B"),
    "iterations": ("--iterations", "N"),
    "optimizer": ("--optimizer", "NAME"),
    "learning_rate": ("--lr", "X"),
    "momentum": ("--momentum", "X"),
    "l2": ("--l2", "X"),
    "stop_below": ("--stop-below", "LOSS"),
    "precision": ("--precision", "float64|float32"),
    "initial_scale": ("--initial-scale", "X"),
    "own_output": ("--own-output", "NAME"),
    "evaluation_batch": ("--evaluation-batch", "B"),
    "clip_norm": ("--clip", "NORM"),
    "clip_value": ("--clip-value", "X"),
    "ridge": ("--ridge", "LAMBDA"),
    "seed": ("--seed", "S"),
    "initial": ("--initial", "seeded|identity|orthogonal"),
    "evaluate_every": ("--evaluate-every", "K"),
}
"""The options by the setting that they give, with what stands for its value."""

SWITCHES = {"carry_state": ("--carry-state", True), "biases": ("--no-biases", False)}
"""Options without a value by the setting that they turn on or off."""


def add_settings(parser: ArgumentParser, names: Iterable[str], usual: Mapping[str, str | None]) -> None:
    """Let a command take these settings; `usual`: what they are unless given, where that is not as for any run."""
    settings = declared(RunSettings)
    for name in names:
        setting, (flag, value) = settings[name], FLAGS[name]
        default = usual.get(name, setting.default)
        help = inner(setting.help or setting.title) + (f" ({default})" if default is not None else "")
        parser.add_argument(flag, dest=name, metavar=value, type=setting.kind, help=help)


def add_switch(parser: ArgumentParser, name: str) -> None:
    """Let a command turn this setting on or off."""
    (flag, on), help = SWITCHES[name], declared(RunSettings)[name].help
    parser.add_argument(flag, dest=name, action="store_const", const=on, help=inner(help))


def add_options(parser: ArgumentParser) -> None:
    """Let a command take options of the task and choices of the network, see explorer.cli.named_options."""
    help = "an option of the task or a choice of the network, such as k=3 or radius=0.9; may be given several times"
    parser.add_argument("--option", metavar="NAME=VALUE", action="append", default=[], help=help)


def add_files(parser: ArgumentParser) -> None:
    """Let a command take files of what is to be learned, see explorer.cli.own_data."""
    add = parser.add_argument
    add("--text", metavar="FILE", help="a text, for the task next_symbol")
    data = "sequences of your own: inputs -> targets, x = … and y = …, a table or JSON (task own_data)"
    add("--data", metavar="FILE", help=data)
    names = ", ".join(Choices.__struct_fields__)
    read = f"how they are read, such as inputs=rain,wind or ahead=1: {names}; may be given several times"
    add("--read", metavar="NAME=VALUE", action="append", default=[], help=read)
    add("--encoding", metavar="NAME", help=f"of a text or of data that are not UTF-8: {', '.join(ENCODINGS)}")


def given(options: Namespace) -> dict[str, Any]:
    """The settings that were given, by name."""
    return {name: value for name in (*FLAGS, *SWITCHES) if (value := getattr(options, name, None)) is not None}
