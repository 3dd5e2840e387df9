"""A gradient taken apart into what comes back over each use."""

import numpy as np
import pytest

from explorer.graph.analyse.events import Kind
from explorer.graph.equations.by_event import equation_of
from explorer.session.document import Document, show
from explorer.session.equations.contributions import parts_of
from tests.settings import a_document


def parts(document: Document, kind: Kind, name: str, t: int):
    shown = show(document)
    event = next(e for e in shown.events if (e.kind, e.name, e.t) == (kind, name, t))
    return parts_of(equation_of(shown.trace, event))


def test_two_uses_add_up_to_the_gradient():
    found = parts(a_document("hidden_to_hidden", feedback=None, length=3), Kind.GRADIENT, "h", 2)
    assert [part.origin for part in found.parts] == ["from o(2)", "from a(3)"]
    np.testing.assert_allclose(sum(p.array for p in found.parts), found.total.array, atol=1e-14)
    for part in (*found.parts, found.total):
        assert part.norm == pytest.approx(np.linalg.norm(part.array))


def test_a_path_cut_by_teacher_forcing_is_listed_with_its_reason():
    found = parts(a_document("output_to_hidden", feedback="teacher_forcing", length=3), Kind.GRADIENT, "o", 2)
    assert [part.origin for part in found.parts] == ["from L(2)"]
    (cut,) = found.cuts
    assert "teacher forcing" in cut.reason


def test_a_value_comes_from_nowhere_backward():
    assert parts(a_document(length=3), Kind.VALUE, "h", 2) is None
