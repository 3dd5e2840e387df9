"""Find the files that travel with the app (fonts, icon): `resource("fonts", "Inter-Regular.otf")`."""

from pathlib import Path

from explorer.errors import ExplorerError
from explorer.installed import RESOURCES
from explorer.language import tr


def resource(*parts: str) -> Path:
    """Return the path of the resource file or folder named by its `parts` below `resources/`.

    Raises:
        ExplorerError: the file is not there, which means that the installation is incomplete.
    """
    path = RESOURCES.joinpath(*parts)
    if not path.exists():
        raise ExplorerError(
            "The resource {name} is missing from {folder}; install RNN Explorer again.",
            name="/".join(parts) or tr("folder"),
            folder=RESOURCES,
        )
    return path
