"""What pages claim, computed again from parameters and inputs alone, by other means than the app's."""

from collections.abc import Callable, Iterable

import numpy as np
import pytest

from explorer.graph.analyse.copies import drained
from explorer.graph.analyse.surface import Surface
from explorer.graph.unfold import Graph, Vertex
from explorer.lessons.course import Course
from explorer.lessons.library import pages
from explorer.lessons.numbers import NOT_YET
from explorer.lessons.numbers import number as read
from explorer.lessons.page import Page
from explorer.lessons.state import document_of, shown_of
from explorer.session.document import Shown, show
from explorer.session.longterm.landscape import descending, wanted
from explorer.session.runs.bundles import bundles
from explorer.session.runs.examples import follow_example
from explorer.session.runs.learning import learned_by
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import Measure
from explorer.session.session import Session
from explorer.session.training_plan import plan_runs
from explorer.session.viewing import LongTerm
from explorer.training.settings import changed
from tests.lessons.taking import complete, perform, train_here
from tests.oracles.plain_bptt import plain_bptt

PAGES = {page.id: page for page in pages()}
Check = Callable[[Page], None]
CLAIMS: dict[str, Check] = {}
NOTHING_TO_COMPUTE = {
    "08-vanishing-and-exploding/04-how-far",
    "10-its-own-output/04-why",
    "11-scheduled-sampling/02-the-coin",
    "11-scheduled-sampling/04-inconsistent",
    "15-gates/05-beside-tanh",
}
"""Pages that argue, or that turn to a card, which has tests of its own."""


def claim(*ids: str) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        CLAIMS.update({next(id for id in PAGES if id.startswith(start)): check for start in ids})
        return check

    return register


def test_every_page_has_its_claim() -> None:
    assert {*CLAIMS} | NOTHING_TO_COMPUTE == {*PAGES} and not {*CLAIMS} & NOTHING_TO_COMPUTE


@pytest.mark.parametrize("id", PAGES)
def test_it_is_so(id: str) -> None:
    if id in CLAIMS:
        CLAIMS[id](PAGES[id])


# What is computed here by other means.


class By:
    """A page's plain network, computed by hand: a = b + W h + U x, h = tanh(a), o = c + V h, ŷ = softmax(o)."""

    def __init__(self, page: Page, **edited: np.ndarray) -> None:
        self.shown = shown_of(page)
        trace = self.shown.trace
        self.p = dict(trace.parameters) | edited
        self.T = trace.T
        steps = range(1, self.T + 1)
        self.x = [trace.value("x", t) for t in steps] if "x" in trace.values else []
        self.y = [trace.value("y", t) for t in steps] if "y" in trace.values and len(trace.values["y"]) > 1 else []
        self.h = [np.zeros(len(self.p["b"]))]
        self.a: list[np.ndarray] = []
        for t in range(self.T):
            inputs = self.p["U"] @ self.x[t] if self.x else 0.0
            self.a.append(self.p["b"] + self.p["W"] @ self.h[-1] + inputs)
            self.h.append(np.tanh(self.a[-1]))
        if "V" in self.p:
            self.o = [self.p["c"] + self.p["V"] @ h for h in self.h[1:]]
            self.yhat = [np.exp(o) / np.exp(o).sum() for o in self.o]
            self.losses = [-np.log(yhat @ y) for yhat, y in zip(self.yhat, self.y, strict=False)]

    @property
    def loss(self) -> float:
        return float(sum(self.losses))


def slope(page: Page, name: str, index: tuple[int, ...]) -> float:
    """∂L/∂(an entry of a parameter), by central differences."""
    ends = []
    for step in (1e-5, -1e-5):
        array = shown_of(page).trace.parameters[name].copy()
        array[index] += step
        ends.append(By(page, **{name: array}).loss)
    return (ends[0] - ends[1]) / 2e-5


def after(graph: Graph, start: Vertex, without: Iterable[Vertex] = ()) -> set[Vertex]:
    """All that depends on a vertex, by other ways than through some."""
    found, left = {start}, [start]
    while left:
        for edge in graph.out_of.get(left.pop(), ()):
            if edge.target not in found and edge.target not in without:
                found.add(edge.target)
                left.append(edge.target)
    return found


def number(page: Page, expression: str) -> float:
    found = Course(Session(), at=page.id).number(expression)
    assert isinstance(found, float | int), f"{expression}: {found}"
    return float(found)


def here(shown: Shown, name: str, t: int) -> np.ndarray:
    return shown.trace.value(name, t)


def right_choice(page: Page, truth: int) -> None:
    assert page.right == truth + 1


# 1 to 3: recursion, sharing, groups.


@claim("01-recursive-computation/01", "01-recursive-computation/02", "01-recursive-computation/03")
def _recursion(page: Page) -> None:
    p, s = shown_of(page).trace.parameters, np.zeros(2)
    for t in range(1, 5):
        s = np.tanh(p["b"] + p["W"] @ s)
        assert np.allclose(here(shown_of(page), "s", t), s, atol=1e-12)
    assert number(page, "entries") == p["W"].size + p["b"].size


@claim("01-recursive-computation/04", "02-unfolding-and-sharing/03", "02-unfolding-and-sharing/04")
def _sizes_do_not_grow_with_time(page: Page) -> None:
    long = show(changed(document_of(page), length=2 * document_of(page).length))
    assert {k: v.shape for k, v in long.trace.parameters.items()} == {
        k: v.shape for k, v in shown_of(page).trace.parameters.items()
    }
    assert here(long, "h", long.trace.T).size == number(page, "units n_h")
    assert number(page, "entries W") == number(page, "units n_h") ** 2


@claim("02-unfolding-and-sharing/01", "02-unfolding-and-sharing/02")
def _columns(page: Page) -> None:
    graph = shown_of(page).graph
    assert {v.t for v in graph.vertices} == {*range(1, int(number(page, "steps")) + 1)}
    assert all(edge.lag in (0, 1) for edge in graph.edges), "one delay of one step"


@claim("02-unfolding-and-sharing/05")
def _an_edit_of_w(page: Page) -> None:
    session = Session()
    complete(Course(session), session, page)
    before, now = shown_of(page), session.shown
    same = [np.array_equal(here(before, "h", t), here(now, "h", t)) for t in range(1, 6)]
    assert same == [True, False, False, False, False]
    assert np.allclose(here(now, "h", 5), By(page, W=now.trace.parameters["W"]).h[5])


@claim("03-three-groups/01", "03-three-groups/02")
def _states_lead_on(page: Page) -> None:
    graph = shown_of(page).graph
    states = [Vertex("h", t) for t in (1, 2)]
    outputs = [Vertex("yhat", t) for t in (1, 2)]
    assert Vertex("yhat", 3) in after(graph, Vertex("x", 1), without=outputs)
    assert Vertex("yhat", 3) not in after(graph, Vertex("x", 1), without=states)


@claim("03-three-groups/03", "03-three-groups/04")
def _only_the_output_goes_on(page: Page) -> None:
    shown = show(changed(document_of(page), architecture="output_to_hidden", feedback="free_running_yhat"))
    ways = after(shown.graph, Vertex("x", 1))
    assert Vertex("h", 2) in ways and Vertex("h", 2) not in after(shown.graph, Vertex("x", 1), [Vertex("yhat", 1)])
    assert number(page, "units n_y") == here(shown, "yhat", 1).size


@claim("03-three-groups/05")
def _one_loss(page: Page) -> None:
    losses = [v for v in shown_of(page).graph.vertices if v.name == "L"]
    assert losses == [Vertex("L", 4)]
    ways = after(shown_of(page).graph, Vertex("x", 1), without=[Vertex("h", 2)])
    assert losses[0] not in ways, "its word goes through every state"


# 4 and 5: forward propagation and the loss.


@claim(
    "04-forward-propagation/01", "04-forward-propagation/03", "04-forward-propagation/04", "04-forward-propagation/06"
)
def _forward(page: Page) -> None:
    by, shown = By(page), shown_of(page)
    for t in range(1, 4):
        for name, values in (("a", by.a), ("h", by.h[1:]), ("o", by.o), ("yhat", by.yhat)):
            assert np.allclose(here(shown, name, t), values[t - 1], atol=1e-12)
        assert np.isclose(by.yhat[t - 1].sum(), 1.0) and (by.yhat[t - 1] > 0).all()
    assert not by.h[0].any()


@claim("04-forward-propagation/02")
def _one_hot_looks_up(page: Page) -> None:
    by = By(page)
    assert sorted(by.x[0]) == [0.0, 1.0]
    assert np.array_equal(by.p["U"] @ by.x[0], by.p["U"][:, by.x[0].argmax()])


@claim("04-forward-propagation/05")
def _shifted_scores(page: Page) -> None:
    session = Session()
    assert not shown_of(page).trace.parameters["c"].any()
    complete(Course(session), session, page)
    assert np.allclose(here(session.shown, "o", 1), here(shown_of(page), "o", 1) + 1.0)
    assert np.allclose(here(session.shown, "yhat", 1), here(shown_of(page), "yhat", 1), atol=1e-15)


@claim("05-the-loss/01", "05-the-loss/02", "05-the-loss/03", "05-the-loss/04")
def _losses(page: Page) -> None:
    by = By(page)
    assert np.allclose([number(page, f"value L({t})") for t in (1, 2, 3)], by.losses)
    assert np.isclose(number(page, "loss"), by.loss)
    assert np.isclose(np.exp(-by.loss), np.prod([p @ y for p, y in zip(by.yhat, by.y, strict=True)]))
    assert np.isclose(number(page, "chance"), -np.log(1 / 2))
    if "worst" in page.id:
        right_choice(page, int(np.argmax(by.losses)))


# 6 and 7: BPTT.


@claim(*(f"06-bptt-by-hand/{n:02}" for n in range(1, 9)))
def _gradients(page: Page) -> None:
    by, shown = By(page), shown_of(page)
    into_a = np.zeros(2)
    for t in (3, 2, 1):
        into_o = by.yhat[t - 1] - by.y[t - 1]
        into_h = by.p["V"].T @ into_o + by.p["W"].T @ into_a
        if t == 2:
            parts = [number(page, f"arriving h(2) {v} 1") for v in ("o(2)", "a(3)")]
            assert np.allclose(parts, [(by.p["V"].T @ into_o)[0], (by.p["W"].T @ into_a)[0]])
        into_a = (1 - by.h[t] ** 2) * into_h
        for name, gradient in (("L", 1.0), ("o", into_o), ("h", into_h), ("a", into_a)):
            assert np.allclose(shown.trace.gradient(name, t), gradient, atol=1e-12)
        assert np.isclose(into_o.sum(), 0.0) and into_o @ by.y[t - 1] < 0
        assert (np.abs(into_a) <= np.abs(into_h)).all()


@claim("07-adding-up-over-time/01", "07-adding-up-over-time/02", "07-adding-up-over-time/03")
def _parts(page: Page) -> None:
    shown, by = shown_of(page), By(page)
    for place in ((0, 0), (0, 1)):
        parts = [number(page, f"part W {t} {place[0] + 1} {place[1] + 1}") for t in (1, 2, 3)]
        outer = [shown.trace.gradient("a", t)[place[0]] * by.h[t - 1][place[1]] for t in (1, 2, 3)]
        assert np.allclose(parts, outer) and parts[0] == 0.0
        assert np.isclose(sum(parts), slope(page, "W", place), atol=1e-8)
    assert number(page, "part b 1 1") != 0.0


@claim("07-adding-up-over-time/04")
def _update(page: Page) -> None:
    trace = shown_of(page).trace
    for name, array in trace.parameters.items():
        assert np.allclose(trace.parameters_after[name], array - 0.1 * trace.parameter_gradients[name])
    assert np.isclose(trace.loss_after, By(page, **trace.parameters_after).loss) and trace.loss_after < trace.loss


# 8: far apart.


@claim("08-vanishing-and-exploding/01", "08-vanishing-and-exploding/02")
def _vanishes(page: Page) -> None:
    trace, W = shown_of(page).trace, shown_of(page).trace.parameters["W"]
    back = trace.gradient("h", 10)
    sent = back.copy()
    for t in range(10, 1, -1):
        back = W.T @ ((1 - trace.value("h", t) ** 2) * back)
        sent = W.T @ sent
    assert np.allclose(trace.gradient("h", 1), back, atol=1e-15)
    assert np.linalg.norm(back) < 0.01 * number(page, "norm h(10)")
    doubled = np.linalg.matrix_power(2 * W.T, 9) @ trace.gradient("h", 10)
    assert np.allclose(doubled, 2**9 * sent), "twice for every step"
    assert np.isclose(number(page, "growth W"), max(abs(np.linalg.eigvals(W)))) and number(page, "growth W") < 1


@claim("08-vanishing-and-exploding/03")
def _explodes(page: Page) -> None:
    assert number(page, "norm h(1)") > 10 * number(page, "norm h(10)") and number(page, "growth W") > 1


@claim("08-vanishing-and-exploding/06")
def _cut_into_windows(page: Page) -> None:
    by, whole = By(page), shown_of(page).trace
    cut = show(changed(document_of(page), truncate=(3, 3)))
    x, y = (np.array(rows) for rows in (by.x, by.y))
    expected = [plain_bptt(by.p, x, y.argmax(1), borders=borders).parameter_gradients for borders in ((), (3,))]
    flat = [np.concatenate([gradients[name].ravel() for name in "UVWbc"]) for gradients in expected]
    cosine = flat[0] @ flat[1] / np.linalg.norm(flat[0]) / np.linalg.norm(flat[1])
    assert np.isclose(float(read("cosine", cut, RunBook())), cosine) and 0.9 < cosine < 0.999
    assert np.allclose(whole.parameter_gradients["W"], expected[0]["W"])
    assert [cut.trace.flow.losses(Vertex("h", t)) for t in (3, 4)] == [(3,), (4, 5, 6)]


@claim("08-vanishing-and-exploding/05")
def _clipped(page: Page) -> None:
    shown = shown_of(page)
    trace, p = shown.trace, shown.trace.parameters

    def loss(weight: float, bias: float) -> float:
        W, b, h = p["W"].copy(), p["b"].copy(), np.zeros(4)
        W[0, 0] += weight
        b[0] += bias
        for t in range(1, trace.T + 1):
            h = np.maximum(0.0, b + W @ h + p["U"] @ trace.value("x", t))
        o = p["c"] + p["V"] @ h
        return float(np.log(np.exp(o - o.max()).sum()) + o.max() - o @ trace.value("y", trace.T))

    gradient = [(loss(*step) - loss(*-step)) / 2e-5 for step in 1e-5 * np.eye(2)]
    surface = Surface(trace, wanted(shown, LongTerm()).axes, half=1.0)
    descents = drained(descending(surface, shown, LongTerm()))
    assert np.allclose(descents.plain.places[1], -descents.rate * np.array(gradient), rtol=1e-6)
    assert descents.plain.longest > 10 * descents.clipped.longest, "one leaps far"


# 9 to 11: what is fed back.


@claim("09-teacher-forcing/01", "09-teacher-forcing/02")
def _cut(page: Page) -> None:
    graph = shown_of(page).graph
    assert Vertex("L", 4) not in after(graph, Vertex("h", 1)) and number(page, "ways o(1)") == 1
    computed = [v for v in graph.vertices if v.t == 2 and not graph.node(v).given]
    assert not any(Vertex("h", 3) in after(graph, vertex) for vertex in computed)


@claim("09-teacher-forcing/03", "09-teacher-forcing/05")
def _not_cut(page: Page) -> None:
    assert Vertex("L", 4) in after(shown_of(page).graph, Vertex("h", 1)) and shown_of(page).trace.gradient("h", 1).any()
    assert number(page, "ways o(1)" if "03" in page.id else "ways h(1)") == 2


def _trained(page: Page) -> dict[str | None, tuple[int | None, float, float]]:
    """Of the runs that a page trains: when learned, and what is right at the end, fed targets and on its own.

    They are judged on fewer sequences than in the window, which changes nothing of their training.
    """
    session = Session(changed(document_of(page), evaluation_batch=64, evaluate_every=10))
    train_here(session)
    return {
        b.first.settings.feedback: (
            learned_by(b),
            b.latest(Measure.OPEN_SCORE) or 0.0,
            b.latest(Measure.CLOSED_SCORE) or 0.0,
        )
        for b in bundles(session.runs.records)
    }


@claim("09-teacher-forcing/04")
def _sooner(page: Page) -> None:
    found = _trained(page)
    forced, free = found["teacher_forcing"][0], found["free_running_yhat"][0]
    assert forced is not None and free is not None and forced < free


@claim("10-its-own-output/01")
def _test_time(page: Page) -> None:
    session = Session()
    complete(Course(session), session, page)
    graph = session.shown.graph
    between = [edge for edge in graph.edges if edge.lag == 1]
    assert between and all(edge.source.name == "argmax" and edge.stop is not None for edge in between)


@claim("10-its-own-output/02")
def _exposure(page: Page) -> None:
    _, fed, own = _trained(page)["teacher_forcing"]
    assert fed - own > 0.05


@claim("10-its-own-output/03")
def _wrong_where_the_targets_are_not_fed(page: Page) -> None:
    session = Session(document_of(page))
    train_here(session)
    example = follow_example(session.runs.records[0], 100, page.view.get("example", 0))
    assert example is not None
    fed, own = (sum(row.wrong) for row in example.rows[1:])
    assert own > fed, "of the run that the card follows first"


@claim("11-scheduled-sampling/01")
def _switched(page: Page) -> None:
    session = Session()
    complete(Course(session), session, page)
    trace = session.shown.trace
    said = trace.value("yhat", 2)
    before = shown_of(page).trace
    assert np.array_equal(trace.value("h", 2), before.value("h", 2))
    fed = np.eye(len(said))[said.argmax()]
    p = trace.parameters
    assert np.allclose(trace.value("h", 3), np.tanh(p["b"] + p["W"] @ fed + p["U"] @ trace.value("x", 3)))


@claim("11-scheduled-sampling/03")
def _gap_closed(page: Page) -> None:
    found = _trained(page)
    assert found["mixed_argmax"][2] - found["teacher_forcing"][2] > 0.05
    assert found["mixed_argmax"][2] < 0.9, "the last letter does not tell all"


# 12 to 15: other networks.


@claim("12-bidirectional/01", "12-bidirectional/02", "12-bidirectional/05")
def _both_sides(page: Page) -> None:
    shown = shown_of(page)
    order = [(e.name, e.t) for e in shown.events]
    assert order.index(("g", 5)) < order.index(("g", 1)) < order.index(("o", 1))
    assert all(Vertex("yhat", 2) in after(shown.graph, Vertex("x", t)) for t in range(1, 6))
    assert Vertex("yhat", 1) in after(shown.graph, Vertex("x", 5)), "no output before the end is read"


@claim("12-bidirectional/03")
def _one_way(page: Page) -> None:
    assert _trained(page)[None][2] < 0.8


@claim("12-bidirectional/04")
def _two_ways(page: Page) -> None:
    at, _, own = _trained(page)[None]
    assert at is not None and own > 0.99
    assert len(shown_of(page).trace.value("h", 1)) == len(shown_of(page).trace.value("g", 1))


@claim("13-encoder-decoder/01", "13-encoder-decoder/02", "13-encoder-decoder/03", "13-encoder-decoder/04")
def _through_c(page: Page) -> None:
    shown = shown_of(page)
    assert np.array_equal(here(shown, "C", 4), here(shown, "e", 4))
    losses = {Vertex("L", t) for t in range(1, 5)}
    assert losses <= after(shown.graph, Vertex("e", 1))
    assert not losses & after(shown.graph, Vertex("e", 1), without=[Vertex("C", 4)])
    long = show(changed(document_of(page), length=8))
    assert here(long, "C", 8).size == here(shown, "C", 4).size == number(page, "units n_h")


@claim("13-encoder-decoder/05")
def _reverses(page: Page) -> None:
    at = _trained(page)["teacher_forcing"][0]
    session = Session(document_of(page))
    train_here(session)
    course = Course(session, at=page.id)
    course.enter(page)
    assert at is not None and course.number("learned teacher_forcing") == NOT_YET, "another document has no runs"
    train_here(session)
    assert int(str(course.number("learned teacher_forcing"))) <= at + 10


@claim("13-encoder-decoder/06")
def _looks_back(page: Page) -> None:
    shown = shown_of(page)
    rows = np.stack([here(shown, "e", t) for t in range(1, 5)])
    assert np.allclose(here(shown, "alpha", 1), number(page, "value alpha(1) 1"))
    assert np.allclose(here(shown, "C", 1), rows.mean(0))
    longer = show(changed(document_of(page), length=8))
    assert here(longer, "E", 1).size == 2 * here(shown, "E", 1).size
    losses = {Vertex("L", t) for t in range(1, 5)}
    assert losses <= after(shown.graph, Vertex("e", 1), without=[Vertex("e", t) for t in (2, 3, 4)])


@claim("14-recursive/01", "14-recursive/02", "14-recursive/03")
def _joined(page: Page) -> None:
    """Every subtree of the brackets that the page sets, by recursion over these; balanced as it is."""
    shown, p = shown_of(page), shown_of(page).trace.parameters
    bits = [int(bit) for bit in document_of(page).typed if bit in "01"]

    def joined(leaves: list[int]) -> np.ndarray:
        if len(leaves) == 1:
            return np.tanh(p["b"] + p["V"] @ np.eye(2)[leaves[0]])
        half = len(leaves) // 2
        return np.tanh(p["b"] + p["U"] @ joined(leaves[:half]) + p["W"] @ joined(leaves[half:]))

    root = 2 * len(bits) - 1
    assert np.allclose(here(shown, "h", root), joined(bits), atol=1e-12)
    assert number(page, "units n_h") == joined(bits).size and number(page, "entries U W") == p["U"].size + p["W"].size
    parents = {e.source.t: e.target.t for e in shown.graph.edges if (e.source.name, e.target.name) == ("h", "a")}
    depth, node = 0, 1
    while node in parents:
        depth, node = depth + 1, parents[node]
    assert (depth, node) == (np.log2(len(bits)), root)


@claim("14-recursive/04")
def _brackets_learned(page: Page) -> None:
    at, _, own = _trained(page)[None]
    assert at is not None and own > 0.99
    document = changed(document_of(page), length=3)
    both = [show(changed(document, typed=typed)) for typed in ("(0 (1 1))", "((0 1) 1)")]
    assert [here(shown, "y", 5).argmax() for shown in both] == [1, 0], "the values"
    assert np.array_equal(*(shown.trace.values["x"] for shown in both)), "the same bits"


@claim("15-gates/01", "15-gates/02", "15-gates/03")
def _cell(page: Page) -> None:
    trace = shown_of(page).trace
    v = {name: trace.value(name, 2) for name in ("f", "g", "q", "v", "s", "h")}
    assert all(((v[gate] > 0) & (v[gate] < 1)).all() for gate in "fgq")
    assert np.allclose(v["s"], v["f"] * trace.value("s", 1) + v["g"] * v["v"])
    assert np.allclose(v["h"], v["q"] * np.tanh(v["s"]))
    along = [c for c in trace.reaching("s", 1) if Vertex("s", 2) in trace.consumers(c.use, 1)]
    assert np.allclose(trace.contribution(along[0], 1), v["f"] * trace.gradient("s", 2))


@claim("15-gates/04")
def _opened(page: Page) -> None:
    session = Session()
    course = Course(session)
    course.enter(page)
    assert number(page, "parameter b_f 1") == 1.0

    def share() -> float:
        return float(
            np.linalg.norm(session.shown.trace.gradient("s", 1)) / np.linalg.norm(session.shown.trace.gradient("s", 5))
        )

    before = share()
    perform(session, page.show)
    assert share() > 2 * before and here(session.shown, "f", 2).min() > 0.95


@claim("15-gates/06")
def _gru(page: Page) -> None:
    trace = shown_of(page).trace
    u = trace.value("u", 2)
    assert np.allclose(trace.value("h", 2), u * trace.value("h", 1) + (1 - u) * trace.value("v", 2))


def test_every_training_that_is_asked_for_can_be_planned() -> None:
    for page in pages():
        if any(call.id == "train" for call in page.show):
            assert plan_runs(changed(document_of(page)), document_of(page).plan)
