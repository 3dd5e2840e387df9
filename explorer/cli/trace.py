"""The command `trace`: all values and gradients of a case, as JSON."""

import sys
from argparse import Namespace
from pathlib import Path

import msgspec

from explorer.export.case import compute, read_case
from explorer.export.files import write_atomically


def trace(options: Namespace) -> int:
    """Write what `expected` holds for this case to a file or to standard output."""
    result = msgspec.json.format(msgspec.json.encode(compute(read_case(Path(options.case)))), indent=1) + b"\n"
    if options.output is not None:
        write_atomically(Path(options.output), result)
    else:
        sys.stdout.buffer.write(result)
        sys.stdout.flush()
    return 0
