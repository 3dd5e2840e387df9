"""The command `export`: what a document or a case holds, as a file of another kind."""

from argparse import Namespace
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from explorer.cli.choices import chosen
from explorer.cli.reading import material_of
from explorer.cli.window import check_theme
from explorer.errors import ExplorerError
from explorer.export.format import Format, Options
from explorer.export.formats import get_format
from explorer.export.writing import check_place
from explorer.export.writing import export as write
from explorer.reading.file import STANDARD
from explorer.session.document import Shown
from explorer.session.viewing import View


def export(options: Namespace) -> int:
    """Write the file, or the folder of pictures."""
    format, theme = get_format(options.kind), options.theme or "light"
    check_theme(theme)
    file, choices = Path(options.file), chosen(options)
    path = Path(options.output or (file if file == STANDARD else f"{file.stem}{format.suffix or '-' + format.id}"))
    _check_heeded(options, format)
    check_place(format, path)  # before the work, which may take a while
    material = material_of(file, partial(_draw, theme) if format.drawn else None, options.graph)
    view = replace(material.view, selection=None, path=None)
    if options.event is not None:
        last = len(material.events)
        if not 0 <= options.event <= last:
            raise ExplorerError(f"There is no event {options.event}; choose one from 0 to {last}.")
        view = replace(view, cursor=options.event)
    if options.folded:
        view = replace(view, fold=1.0)
    write(replace(material, view=view), format, choices, path)
    return 0


def _check_heeded(options: Namespace, format: Format) -> None:
    """Refuse what changes nothing in this format."""
    for name in Options.__struct_fields__:
        if getattr(options, f"choice_{name}", None) is not None and name not in format.heeds:
            flag = f"--{name.replace('_', '-')}"
            raise ExplorerError(f"{flag} changes nothing in {format.id}; leave it out.")


def _draw(theme: str, shown: Shown, view: View, suffix: str, options: Options, told: bool = False) -> bytes:
    from explorer.ui.drawing.render import draw

    return draw(shown, view, suffix, options, theme=theme, told=told)
