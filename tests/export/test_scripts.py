"""The written programs stand alone and compute every number that the app shows, of every network."""

import keyword
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from explorer.architectures import architectures
from explorer.errors import ExplorerError
from explorer.export.script.names import Names
from explorer.export.script.numpy_script import numpy_script
from explorer.export.script.torch_script import torch_script
from explorer.graph.analyse.trace import Trace
from explorer.graph.analyse.tracer import Tracer
from explorer.graph.architecture import Architecture
from explorer.graph.compute.updates import Rule
from explorer.graph.optimizers import OPTIMIZERS
from explorer.training.meaning import reads_later_steps
from tests.each import each
from tests.oracles.declarations import EVERY_DECLARATION
from tests.oracles.examples import EVERY_NETWORK
from tests.oracles.traces import run_trace, traced

WITHOUT_LOSS = [
    pytest.param(architecture, None, id=architecture.id)
    for architecture in (*architectures().values(), *EVERY_DECLARATION)
    if architecture.output is None
]
every_network = each(("architecture", "feedback"), [*EVERY_NETWORK, *WITHOUT_LOSS])


def run(text: str) -> dict[str, Any]:
    """The variables of a program once it has run."""
    found: dict[str, Any] = {"__name__": "written"}
    exec(compile(text, "written.py", "exec"), found)
    return found


def traces(architecture: Architecture, feedback: str | None) -> list[Trace]:
    """One sequence, several with loss weights, and where that can be one of truncated BPTT."""
    weighted = architecture.output is not None
    one, several = {"T": 4, "scale": 0.7}, {"T": 3, "B": 3, "seed": 2, "scale": 0.7, "weighted": weighted}
    tree = any(node.span.tree for node in architecture.nodes)  # a program is of one
    found = [traced(architecture, feedback, **some).trace for some in ((one,) if tree else (one, several))]  # type: ignore[arg-type]
    if not reads_later_steps(architecture):
        tracer = Tracer(found[0].network, found[0].sizes, found[0].T, borders=(2,))
        found.append(tracer.trace(found[0].parameters, found[0].batch))
    return found


def assert_close(found: object, expected: object) -> None:
    np.testing.assert_allclose(*np.broadcast_arrays(found, expected), rtol=1e-12, atol=1e-12)


def of_steps(variables: Mapping[str, Any], name: str, trace: Trace, node: str) -> np.ndarray[Any, Any]:
    """A dictionary of the program as an array, (steps, B, n); a matrix row after row."""
    return np.stack([np.reshape(variables[name][t], (trace.B, -1)) for t in trace.steps(node)])


@every_network
def test_numpy_computes_every_number(architecture: Architecture, feedback: str | None) -> None:
    for trace in traces(architecture, feedback):
        text = numpy_script(trace)
        assert not any(line.endswith(" ") for line in text.split("\n"))
        variables = run(text)
        for name, value in trace.values.items():
            assert_close(of_steps(variables, name, trace, name), value)
        if trace.network.output is None:
            continue
        assert_close(variables["loss"], trace.loss)
        for name, gradient in trace.gradients.items():
            if name != trace.network.output.loss:
                assert_close(of_steps(variables, f"grad_{name}", trace, name), gradient)
        for name, gradient in trace.parameter_gradients.items():
            assert_close(variables[f"grad_{name}"], gradient)
        for name, after in variables["after"].items():
            assert_close(after, trace.parameters_after[name])
        for name, gradient in trace.initial_gradients.items():
            before = [array for t, array in variables[f"grad_{name}"].items() if t < trace.steps(name)[0]]
            assert_close(sum(before), gradient)


@each("write", [numpy_script, torch_script])
@each("clipping", [{}, {"clip_norm": 0.01}, {"clip_value": 0.01}, {"clip_norm": 1e6, "l2": 0.3}])
@each("optimizer", OPTIMIZERS)
def test_the_update_is_that_of_every_optimiser(
    optimizer: str, clipping: dict[str, float], write: Callable[[Trace], str]
) -> None:
    if write is torch_script:
        pytest.importorskip("torch")
    first = traced(architectures()["gru"], T=3).trace
    rule = Rule(optimizer, rate=0.07, momentum=0.8, **clipping)
    moments = None
    for updates in range(3):
        trace = run_trace(first.network, first.sizes, first.parameters, first.batch, rule, moments)
        after = run(write(trace))["after"]
        assert after.keys() == trace.parameters.keys()
        for name, array in after.items():
            assert_close(array, trace.parameters_after[name])
        moments = trace.update.after
        assert moments.updates == updates + 1


@every_network
def test_pytorch_computes_the_loss_and_each_gradient(architecture: Architecture, feedback: str | None) -> None:
    pytest.importorskip("torch")
    for trace in traces(architecture, feedback):
        variables = run(torch_script(trace))
        for name, value in trace.values.items():
            assert_close(np.stack([variables[name][t].detach() for t in trace.steps(name)]), value)
        if trace.network.output is None:
            continue
        assert_close(variables["loss"].detach(), trace.loss)
        for name, gradient in trace.parameter_gradients.items():
            found = variables[name].grad
            assert_close(0.0 if found is None else found, gradient)
        for name in trace.batch.initial.keys() & set(architecture.states) & set(trace.initial_gradients):
            found = sum(state.grad for t, state in variables[name].items() if t < 1 and state.grad is not None)
            assert_close(found, trace.initial_gradients[name] / trace.B)
        for name, after in variables["after"].items():
            assert_close(after, trace.parameters_after[name])


@every_network
def test_a_program_imports_nothing_of_the_app_and_fits_on_the_page(
    architecture: Architecture, feedback: str | None
) -> None:
    trace = traced(architecture, feedback, T=3).trace
    for text, package in ((numpy_script(trace), "numpy as np"), (torch_script(trace), "torch")):
        imports = [line for line in text.splitlines() if "import" in line]
        assert imports == [f"import {package}"]
        assert max(map(len, text.splitlines())) <= 140
        compile(text, "written.py", "exec")


def test_a_program_of_a_tree_is_that_of_another_once_what_it_names_is_changed() -> None:
    first, drawn = (traced(architectures()["recursive_tree"], T=T).trace for T in (4, 5))
    other = run_trace(drawn.network, drawn.sizes, first.parameters, drawn.batch)
    data = re.compile(r"(?s)(?<=units\.\n).*(?=# Parameters)")
    text = data.sub(data.findall(numpy_script(other))[0], numpy_script(first))
    assert "For another\ntree change T, these two, x at its leaves and y at its root" in text
    assert run(text)["loss"] == pytest.approx(other.loss, rel=1e-12)
    assert "child" not in numpy_script(traced(architectures()["gru"], T=3).trace)


def test_a_program_is_of_one_tree() -> None:
    with pytest.raises(ExplorerError, match="A program is written for one tree, and these sequences have different"):
        numpy_script(traced(architectures()["recursive_tree"], T=6, B=4).trace)


def test_what_is_printed_is_the_loss_and_each_gradient(capsys: pytest.CaptureFixture[str]) -> None:
    trace = traced(architectures()["hidden_to_hidden"], T=3).trace
    exec(numpy_script(trace), {"__name__": "__main__"})
    loss, *rest = capsys.readouterr().out.splitlines()
    assert float(loss.removeprefix("loss = ")) == pytest.approx(trace.loss, rel=1e-12)
    printed = [f"grad_{name} =" for name in (*trace.parameters, "h[0]")]
    assert [line for line in rest if line.startswith("grad_")] == printed


def test_nothing_is_named_twice_though_a_node_is_called_like_a_parameter_or_a_word_of_python() -> None:
    names = Names({"T"})
    every = [names.node("W"), names.parameter("W"), names.node("lambda"), names.node("T"), names.node("grad_W")]
    assert len(set(every)) == 5
    assert all(name.isidentifier() and not keyword.iskeyword(name) and name != "T" for name in every)
    assert names.node("W") == every[0]
