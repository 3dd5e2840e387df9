"""Where the files that travel with the app lie: within the package of an install, beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# A wheel carries the folder inside the package, so that an install owns it; a checkout, and so an
# editable install, has it beside the package. The wheel's place comes first: beside an installed package
# lie other people's packages, and one of them may be called `resources`.
_PLACES = (_PACKAGE / "resources_data", _PACKAGE.parent / "resources")

RESOURCES = next((place for place in _PLACES if place.is_dir()), _PLACES[-1])
