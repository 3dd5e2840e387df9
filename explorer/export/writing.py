"""Write what is exported: one file whole or not at all, or a folder of them."""

import os
import shutil
import tempfile
from pathlib import Path

from explorer.errors import ExplorerError
from explorer.export.format import Format, Material, Options
from explorer.files.atomic import NotWrittenError, check_writable, write_atomically
from explorer.reading.file import STANDARD


def export(material: Material, format: Format, options: Options, path: Path) -> None:
    """Write a file of this format, or the folder of its frames, at `path`.

    Raises ExplorerError for what cannot be made or written; what stood there is then still there.
    """
    format.check(material)
    check_place(format, path)
    if format.write is not None:
        write_atomically(path, format.write(material, options))
    else:
        _write_folder(material, format, options, path)


def check_place(format: Format, path: Path) -> None:
    """Raise ExplorerError, before the work, where such a file or folder could not be written."""
    if format.write is not None:
        check_writable(path)
        return
    if path == STANDARD:
        raise ExplorerError("A folder of pictures cannot go to standard output; name one with --output.")
    try:
        if not path.exists():
            check_writable(path)
        elif not path.is_dir() or any(path.iterdir()):
            raise ExplorerError("{path} is there already; name a folder that is new or empty.", path=path)
    except OSError as error:
        raise NotWrittenError(path, error) from error


def _write_folder(material: Material, format: Format, options: Options, path: Path) -> None:
    """The folder appears once all that is in it is written."""
    assert format.frames is not None
    try:
        unfinished = Path(tempfile.mkdtemp(prefix=".rnn-explorer-", dir=path.absolute().parent))
    except OSError as error:
        raise NotWrittenError(path, error) from error
    try:
        for name, content in format.frames(material, options):
            (unfinished / name).write_bytes(content.encode() if isinstance(content, str) else content)
        os.chmod(unfinished, 0o755)
        os.replace(unfinished, path)
    except OSError as error:
        raise NotWrittenError(path, error) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
