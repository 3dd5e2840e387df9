"""Go to a step of an example of the task: that becomes the sequence that is shown, if it is not yet."""

from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.commands.command import Command
from explorer.session.edits import without_sequence
from explorer.session.longterm.here import cursor_at
from explorer.session.session import Session
from explorer.session.states.units import check_example


def _go_to_step(session: Session, *, node: str, t: int, example: int | None = None) -> str:
    """`example`: its number; None: the sequence that is shown. Where it is another, edits of that one go."""
    check_example(session.shown, node, t)
    document, said = session.document, ""
    if example is not None and (example != document.example or document.typed):
        said = session.change(example=example, typed="", edits=without_sequence(document.edits))
        t = min(t, session.shown.trace.steps(node)[-1])  # another may be shorter
    session.look(cursor=cursor_at(session.shown, node, t), path=None, selection=Vertex(node, t))
    return said


SEQUENCES = (Command("go_to_step", tr("Go to a step of an example"), _go_to_step),)
