"""The command `trace`: all values and gradients of a case, as JSON; or whether they are what the case expects."""

import sys
from argparse import Namespace
from pathlib import Path

import msgspec

from explorer.files.atomic import check_writable, write_atomically
from explorer.files.case import compute, read_case
from explorer.files.case_check import check


def trace(options: Namespace) -> int:
    """Write what `expected` should hold for this case to a file or to standard output.

    With --check, compare it with what `expected` holds instead; the exit status is then 1 if they differ.
    """
    output = None if options.output is None else Path(options.output)
    if output is not None:
        check_writable(output)  # before what may take a while
    case = read_case(Path(options.case))
    result = compute(case)
    comparison = check(case, result) if options.check else None
    written = msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n"
    if output is not None:
        write_atomically(output, written)
    elif comparison is None:
        sys.stdout.buffer.write(written)
        sys.stdout.flush()
    if comparison is None:
        return 0
    print(comparison.sentence)
    return 0 if comparison.agrees else 1
