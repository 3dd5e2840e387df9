"""The command `trace`: all values and gradients of a case or document as JSON; or if they are what a case expects."""

from argparse import Namespace
from pathlib import Path

import msgspec

from explorer.cli.reading import check_one_graph, checked_case, graph_of, is_document, session_of
from explorer.errors import ExplorerError
from explorer.files.atomic import check_writable, write_atomically
from explorer.files.case import compute, faults_in, read_case, result
from explorer.files.case_check import check
from explorer.reading.file import STANDARD


def trace(options: Namespace) -> int:
    """Write what `expected` should hold for this case, or document, to a file or to standard output.

    With --check, compare it with what `expected` holds instead; the exit status is then 1 if they differ.
    """
    output = STANDARD if options.output is None else Path(options.output)
    check_writable(output)  # before what may take a while
    path, comparison = Path(options.case), None
    if is_document(path):
        if options.check:
            raise ExplorerError(f"{path} holds nothing to compare with; --check goes with a case.")
        computed = graph_of(session_of(path), options.graph, path)[0].trace
        found = result(computed)
    else:
        check_one_graph(options.graph, path)
        case = read_case(checked_case(path))
        with faults_in(path):
            found = compute(case)
            comparison = check(case, found) if options.check else None
    written = msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"
    if options.output is not None or comparison is None:
        write_atomically(output, written)
    if comparison is None:
        return 0
    print(comparison.sentence)
    return 0 if comparison.agrees else 1
