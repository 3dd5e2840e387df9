"""Networks of one's own: where their files are looked for, and how one begins as a copy of another."""

import os
import re
import sys
from pathlib import Path

from explorer.errors import ExplorerError

VARIABLE = "RNN_EXPLORER_NETWORKS"
BEFORE = "my_"
"""What the name of a copy begins with."""


def own_folder() -> Path:
    """The folder that the environment variable names, or one among what programs keep for a person; it may be missing.

    Files there stay when the app is renewed, unlike those beside its own.
    """
    named = os.environ.get(VARIABLE, "").strip()
    return Path(named).expanduser() if named else _kept() / "rnn-explorer" / "networks"


def copied(source: str, id: str) -> Path:
    """Write a copy of the file of the network `id` into the folder, as a network of another name; returns the file.

    A copy has no figure, for it is to be changed. Raises ExplorerError if it cannot be written.
    """
    folder = own_folder()
    path = next(path for path in _names(folder, id) if not path.exists())
    source = re.sub(rf"""\bid=(["']){re.escape(id)}\1""", f'id="{path.stem}"', source, count=1)
    source = re.sub(r"\btitle=.*,$", f'title="{path.stem}",', source, count=1, flags=re.MULTILINE)
    source = re.sub(r"\bfigure=.*,$", 'figure="",', source, count=1, flags=re.MULTILINE)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    except OSError as error:
        raise ExplorerError(
            "{path} cannot be written: {why}; let {variable} name a folder that can.",
            path=str(path),
            why=error.strerror or error,
            variable=VARIABLE,
        ) from error
    return path


def _names(folder: Path, id: str) -> list[Path]:
    """More names than there are files in the folder."""
    count = len(list(folder.glob("*"))) + 2
    first = id if id.startswith(BEFORE) else f"{BEFORE}{id}"
    return [folder / f"{first}{f'_{number}' if number > 1 else ''}.py" for number in range(1, count + 1)]


def _kept() -> Path:
    """Where the system keeps data of programs for a person, as Qt finds it: the last session is there as well."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
