"""The one number that a benchmark may be given on the command line; `--help` shows what the script says of itself."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import TypeVar

Number = TypeVar("Number", int, float)


def asked(name: str, usual: Number, description: str | None) -> Number:
    """Return the number that was given, or the usual one; ends the script with a sentence where it is none."""
    parser = ArgumentParser(description=description, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument(name, nargs="?", type=type(usual), default=usual, help=f"else {usual}")
    number: Number = getattr(parser.parse_args(), name)
    return number
