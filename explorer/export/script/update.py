"""Write one update of θ as the last lines of a program: weight decay, clipping, and the step of the optimiser."""

import re
from collections.abc import Iterator
from textwrap import wrap

from explorer.export.script.literals import WIDTH, literal
from explorer.export.script.names import Names
from explorer.graph.analyse.trace import Trace
from explorer.graph.compute.memory import views
from explorer.graph.optimizers import OPTIMIZERS

WORDS = ("theta", "gradient", "norm", "step", "after", *(name for kind in OPTIMIZERS.values() for name in kind.kept))
"""Variables of these lines."""
_OF_ONE = re.compile(rf"\b({'|'.join(word for word in WORDS if word != 'norm')})\b")


def trained(trace: Trace) -> list[str]:
    """The parameters that an update moves."""
    return [parameter.name for parameter in trace.network.architecture.parameters if parameter.trained]


def update_lines(trace: Trace, names: Names, array: str) -> Iterator[str]:
    """From `theta` and `gradient`, which are by name, to `after`; `array` makes an array of a list."""
    rule, before = trace.update.rule, trace.update.before
    optimizer = OPTIMIZERS[rule.optimizer]
    shapes = {name: parameter.shape for name, parameter in trace.parameters.items()}
    if rule.l2:
        yield "# Weight decay: the gradient of half the L2 penalty on the weights, not the biases (section 7.1)."
        yield _each("gradient", f"gradient + {rule.l2!r} * theta * (theta.ndim > 1)")
    if rule.clip_norm is not None:
        yield "# Clip the gradient to a norm (section 10.11.1)."
        yield "norm = float(sum((gradient[name] ** 2).sum() for name in gradient)) ** 0.5"
        yield _each("gradient", f"gradient * {rule.clip_norm!r} / max(norm, {rule.clip_norm!r})")
    if rule.clip_value is not None:
        yield "# Clip each entry of the gradient by itself (section 10.11.1)."
        yield _each("gradient", f"gradient.clip(-{rule.clip_value!r}, {rule.clip_value!r})")
    for name in optimizer.kept:
        kept = views(before.arrays[name], shapes)
        yield f"{name} = {{"
        for parameter in trained(trace):
            start, moment = f'    "{names.parameter(parameter)}": ', kept[parameter]
            yield start + (f"{array}({literal(moment, len(start) + len(array) + 1)})" if moment.any() else "0.0") + ","
        yield "}"
    numbers = {**vars(optimizer), "rate": rule.rate, "momentum": rule.momentum, "updates": before.updates + 1}
    for name, expression in optimizer.written:
        yield _each(name, expression.format(**numbers))
    yield _each("after", "theta - step")


def by_name(start: str, values: dict[str, str]) -> Iterator[str]:
    """A dictionary of these expressions behind `start`, on as many lines as it needs."""
    pairs = ", ".join(f'"{name}":\0{value}' for name, value in values.items())
    lines = wrap(pairs, WIDTH - 4, break_long_words=False, break_on_hyphens=False)
    if len(lines) < 2:
        yield f"{start}{{{pairs}}}".replace("\0", " ")
    else:
        yield f"{start}{{"
        yield from (f"    {line}".replace("\0", " ") for line in lines)
        yield "}"


def _each(name: str, expression: str) -> str:
    """A line that computes something of each parameter, from an expression for one of them."""
    of_one = _OF_ONE.sub(r"\1[name]", expression)
    return f"{name} = {{name: {of_one} for name in gradient}}"
