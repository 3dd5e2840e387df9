"""The command `render`: a network's graph as SVG, PNG or PDF."""

from argparse import Namespace
from pathlib import Path

from explorer.cli.choices import chosen
from explorer.cli.named_options import network_id, task_and_choices
from explorer.cli.options import given
from explorer.errors import ExplorerError, refuse
from explorer.export.formats import get_format
from explorer.session.document import Document, show
from explorer.session.fitted import fitted
from explorer.session.view.view_state import has_cells
from explorer.session.viewing import View
from explorer.training.meaning import why_not
from explorer.training.settings import changed


def render(options: Namespace) -> int:
    """Draw the graph of a network on an example of a task, after some or all of its events."""
    if options.morph is not None and (options.folded or not 0 <= options.morph <= 1):
        raise ExplorerError("--morph is how far the graph is folded, from 0 to 1; leave --folded out.")
    for name in ("whole", "both"):
        if options.folded and getattr(options, name):
            raise ExplorerError(f"--{name} draws the unfolded graph; leave it out, or --folded.")
    network, (task, made) = network_id(options), task_and_choices(options)
    from explorer.ui.drawing.render import check_picture, render_file

    path, theme = Path(options.output), options.theme or "light"
    choices = chosen(options)
    if options.width is not None and choices.size is not None:
        raise ExplorerError("--size says how wide the picture is; leave --width out.")
    check_picture(path, theme, options.width)  # before the work, which may take seconds
    if options.choice_text is not None and "text" not in get_format(path.suffix[1:].lower()).heeds:
        raise ExplorerError(f"--text changes nothing in {path.suffix}; leave it out, or draw a .svg.")
    asked = {"architecture": network, "task": task, "choices": made, "feedback": options.feedback, **given(options)}
    asked = {name: value for name, value in asked.items() if value is not None}
    # What was asked for is never changed, so impossible combinations are refused; the rest is made to fit.
    document = fitted(Document(), changed(Document(), **asked))
    shown = show(changed(document, **asked))
    for name in given(options):
        refuse(why_not(name, shown.architecture, document.plan.training, (document.feedback,), shown.task))
    last = len(shown.events)
    cursor = last if options.event is None else options.event
    if not 0 <= cursor <= last:
        raise ExplorerError(f"There is no event {cursor}; choose one from 0 to {last}.")
    fold = float(options.folded) if options.morph is None else options.morph
    view = View(cursor, fold=fold, beside=options.both or None, open_cells=options.open_cells)
    if options.open_cells and not has_cells(shown, view):
        raise ExplorerError(
            "'{architecture}' has no cells that could be opened.", architecture=shown.architecture.title
        )
    render_file(shown, path, view, theme, width=options.width, whole=options.whole, options=choices)
    return 0
