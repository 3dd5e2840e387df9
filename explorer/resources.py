"""Find the files that travel with the app (fonts, icon): `resource("fonts", "Inter-Regular.otf")`."""

from pathlib import Path

from explorer.errors import ExplorerError

_PACKAGE = Path(__file__).resolve().parent
# A wheel carries the folder inside the package, so that an install owns it; a checkout, and so an
# editable install, has it beside the package. The wheel's place comes first: beside an installed package
# lie other people's packages, and one of them may be called `resources`.
_ROOTS = (_PACKAGE / "resources_data", _PACKAGE.parent / "resources")


def resource(*parts: str) -> Path:
    """Return the path of the resource file or folder named by its `parts` below `resources/`.

    Raises:
        ExplorerError: the file is not there, which means that the installation is incomplete.
    """
    root = next((root for root in _ROOTS if root.is_dir()), _ROOTS[-1])
    path = root.joinpath(*parts)
    if not path.exists():
        name = "/".join(parts) or "folder"
        raise ExplorerError(f"The resource {name} is missing from {root}; install RNN Explorer again.")
    return path
