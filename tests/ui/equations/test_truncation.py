"""How far BPTT goes back is chosen at the gradient of a parameter, and everything follows at once."""

from explorer.graph.analyse.events import Event, Kind, Phase
from explorer.ui.window.main_window import MainWindow

OF_W = Event(Phase.BACKWARD, Kind.PARAMETER_GRADIENT, "W")


def at_w(window: MainWindow) -> None:
    window.perform("change", architecture="hidden_to_hidden", length=6)
    window.perform("go_to", cursor=window.session.shown.events.index(OF_W) + 1)


def test_it_stands_at_the_gradients_of_parameters_alone(window: MainWindow) -> None:
    view = window.inspector.truncation
    at_w(window)
    assert view.isVisible() and not window.inspector.rule.isVisible()
    for elsewhere in ("start", "end"):
        window.perform(elsewhere)
        assert not view.isVisible()


def test_windows_are_chosen_where_the_gradient_stands(window: MainWindow) -> None:
    at_w(window)
    view, whole = window.inspector.truncation, window.session.shown.trace
    offered = [view.windows.itemText(i) for i in range(view.windows.count())]
    assert offered == ["whole", "in windows of 1 step", "in windows of 2 steps", "in windows of 3 steps"]
    view.windows.asked.emit(2)
    assert window.session.document.plan.training.truncate == (2, 2)
    assert window.session.event == OF_W and view.windows.currentText() == "in windows of 2 steps"
    assert "Cosine with the whole gradient" in view.words.text()
    window.perform("start")
    window.perform("select", thing="W")
    window.inspector.show_face(1)
    assert view.isVisible() and "Cosine" not in view.words.text(), "what is not computed yet is held back"
    window.perform("back_to_event")
    at_w(window)
    cut = {e.source.t for e in window.session.shown.graph.edges if e.stop is not None and e.stop.id == "truncated"}
    assert cut == {2, 4}
    window.perform("change", truncate=(2, 4))
    assert view.windows.currentText() == "whole" and "overlap" in view.words.text()
    view.windows.setCurrentText(last := "losses 5–6, back to step 3 (3 of 3)")
    view.windows.activated.emit(view.windows.currentIndex())
    assert window.session.shown.trace.borders == (2,) and view.windows.currentText() == last
    assert "all 3 windows" in view.words.text() and "Cosine" in view.words.text()
    view.windows.asked.emit(None)
    assert (window.session.shown.trace.parameter_gradients["W"] == whole.parameter_gradients["W"]).all()


def at_a_gradient_in(window: MainWindow, architecture: str) -> None:
    window.perform("change", architecture=architecture)
    events = window.session.shown.events
    window.perform("go_to", cursor=1 + next(i for i, e in enumerate(events) if e.kind is Kind.PARAMETER_GRADIENT))


def test_a_network_that_reads_later_steps_says_why_not(window: MainWindow) -> None:
    at_a_gradient_in(window, "bidirectional")
    assert not window.inspector.truncation.windows.isEnabled()
    assert "is not one chain forward in time" in window.inspector.truncation.words.text()


def test_in_a_tree_there_are_no_steps_to_go_back(window: MainWindow) -> None:
    at_a_gradient_in(window, "recursive_tree")
    assert window.inspector.title.text.startswith("∇")
    assert not window.inspector.truncation.isVisible()
