"""What tests look at: a document for every architecture with every feedback it takes, at training and test time."""

import pytest

from explorer.architectures import architectures
from explorer.graph.feedback import FEEDBACKS
from explorer.session.document import Document
from explorer.session.session import fitted


def document(architecture: str, feedback: str | None, **fields: object) -> Document:
    """A small document of this architecture; a mixed feedback feeds the targets of the odd steps."""
    mix = (True, False) * 2 if feedback is not None and feedback.startswith("mixed") else ()
    made = Document(architecture=architecture, feedback=feedback, hidden=3, length=5, fed_target=mix, **fields)  # type: ignore[arg-type]
    return fitted(made, {"architecture"})


EVERY_DOCUMENT = [
    pytest.param(document(id, feedback), id=f"{id}-{feedback}")
    for id, architecture in architectures().items()
    for feedback in ([*FEEDBACKS] if architecture.takes_feedback else [None])
]
