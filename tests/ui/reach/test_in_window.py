"""A cell of the picture of reach lights its path in the graph, until the stepper moves on."""

from pytestqt.qtbot import QtBot

from explorer.session.document import Document
from explorer.ui.window.main_window import MainWindow


def test_a_chosen_path_is_lit_in_the_graph_and_a_step_ends_it(qtbot: QtBot) -> None:
    window = MainWindow(Document(architecture="hidden_to_hidden", feedback=None))
    qtbot.addWidget(window)
    window.show()
    window.complete()
    window.reach.choose(5, 2)
    view = window.canvas.view
    assert view is not None and view.path is not None
    assert {vertex.t for vertex in view.path.vertices} == {2, 3, 4, 5}
    window.step(-1)
    assert window.canvas.view is not None and window.canvas.view.path is None
    window.close()
