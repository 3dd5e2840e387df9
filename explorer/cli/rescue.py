"""Write at the end what took long to make, elsewhere if its place has filled up meanwhile: `write_or_rescue`."""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from explorer.errors import ExplorerError
from explorer.files.atomic import NotWrittenError


def write_or_rescue(path: Path, write: Callable[[Path], object]) -> bool:
    """Have a file written at `path`, or if that cannot be, in a folder of its own among the temporary files.

    Tells whether it is at `path`; if not, a sentence on standard error says why, and where it is.
    """
    try:
        write(path)
        return True
    except NotWrittenError as error:
        said = str(error)
        with suppress(ExplorerError, OSError):
            elsewhere = Path(mkdtemp(prefix="rnn-explorer-")) / path.name
            write(elsewhere)
            said = f"{path} cannot be written: {error.reason}. It is kept in {elsewhere} instead; move it from there."
    except ExplorerError as error:
        said = str(error)
    print(f"rnn-explorer: {said}", file=sys.stderr)
    return False
