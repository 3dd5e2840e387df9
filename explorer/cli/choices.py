"""Give what can be chosen of an exported file by options: their words, kinds and bounds are those of `Options`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable

import msgspec

from explorer.errors import refuse
from explorer.export.format import Options
from explorer.reading.bounds import declared, out_of_bounds
from explorer.wording import inner

_VALUES = {"size": "WIDTHxHEIGHT", "scale": "X", "seconds": "X"}
"""What stands for the value of an option that is no choice from a list."""


def add_choices(parser: ArgumentParser, names: Iterable[str]) -> None:
    """Let a command take these of the options."""
    settings = declared(Options)
    for name in names:
        setting, flag, dest = settings[name], f"--{name.replace('_', '-')}", f"choice_{name}"
        if isinstance(setting.default, bool):
            parser.add_argument(flag, dest=dest, action="store_const", const=True, help=inner(setting.help))
            continue
        choices = setting.words
        value = "|".join(choices) if choices else _VALUES[name]
        usual = "" if setting.default is None else f" ({setting.default})"
        parser.add_argument(flag, dest=dest, metavar=value, type=setting.kind, help=f"{inner(setting.help)}{usual}")


def chosen(options: Namespace) -> Options:
    """What was chosen; ExplorerError for what none of it can be."""
    given = {name: getattr(options, f"choice_{name}", None) for name in Options.__struct_fields__}
    found = {name: value for name, value in given.items() if value is not None}
    refuse(out_of_bounds(Options, found, {}))
    made = msgspec.convert(found, Options)
    made.pixels()
    return made
