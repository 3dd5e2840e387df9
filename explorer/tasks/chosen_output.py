"""Let a learner choose how the targets of a task are put out: by a softmax, sigmoids, or linearly."""

from abc import abstractmethod

import numpy as np

from explorer.errors import ExplorerError
from explorer.graph.metric import Outputs
from explorer.graph.output import OUTPUTS, OutputKind, Target, get_output
from explorer.language import tr
from explorer.tasks.base import Task
from explorer.tasks.declared import Drawn
from explorer.tasks.entropy import entropy, entropy_of_bits
from explorer.tasks.options import choice_option
from explorer.tasks.typed import read_values, write_values


def outputs_of(task: Task) -> tuple[str, ...]:
    """The ids of the outputs that can put out the targets of a task, the usual one first."""
    if not isinstance(task, ChosenOutput):
        return (task.kind.id,)
    return tuple(kind.id for kind in OUTPUTS.values() if task.target_kind in kind.suits)


class ChosenOutput(Task):
    """A task whose targets can be put out in several ways; symbols become one-hot then, or the bit itself.

    An output that is not of `outputs_of` is not taken, but the usual one: own data may become others.
    """

    output: str = choice_option(
        tuple(OUTPUTS),
        title=tr("Output"),
        help=tr(
            "How targets are put out: by a softmax over the symbols with the cross-entropy, by a sigmoid for each "
            "unit with its cross-entropy, linearly with the squared error, or by a sigmoid for each unit with the "
            "squared error, for targets from 0 to 1."
        ),
        common=True,
    )

    @property
    @abstractmethod
    def target_names(self) -> tuple[str, ...]:
        """The names of the symbols that targets are, or of the units of a target."""

    @property
    def kind(self) -> OutputKind:
        offered = outputs_of(self)
        return get_output(self.output if self.output in offered else offered[0])

    @property
    def target(self) -> Target:
        return self.kind.target

    @property
    def as_symbols(self) -> bool:
        """Whether targets are symbols and are put out as such."""
        return self.target is Target.SYMBOLS

    @property
    def one_bit(self) -> bool:
        """Whether symbols 0 and 1 are put out by one unit; not where an input, one-hot, is the previous target."""
        is_bit = self.target_kind is Target.SYMBOLS and self.target_names == ("0", "1")
        return is_bit and not self.as_symbols and not self.inputs_are_previous_targets

    @property
    def output_units(self) -> tuple[str, ...]:
        return ("bit",) if self.one_bit else self.target_names

    def as_targets(self, y: Outputs) -> Outputs:
        """Targets, of which symbols are numbered, (T, B), as the output takes them: (T, B), or (T, B, n_y)."""
        if self.target_kind is not Target.SYMBOLS or self.as_symbols:
            return y
        return y[..., np.newaxis].astype(np.float64) if self.one_bit else np.eye(self.n_y).take(y, axis=0)

    def least_loss(self, mean: Outputs) -> float:
        """Return the loss of the best prediction of a target, given how likely each symbol, or a one, is.

        In nats: the entropy of the symbol, or of each bit by itself; of numbers half the sum of their variances.
        """
        p = mean[1:] if self.one_bit else mean
        match self.target:
            case Target.SYMBOLS:
                return entropy(p)
            case Target.BITS:
                return entropy_of_bits(p)
            case _:
                return float((p * (1.0 - p)).sum()) / 2

    def tolerance(self, T: int) -> float:
        """A number that stands for a symbol or a bit is right where it is nearer to that than to the other."""
        told_apart = self.target is Target.NUMBERS and self.target_kind is not Target.NUMBERS
        return 0.5 if told_apart else super().tolerance(T)

    def read_targets(self, text: str) -> Drawn:
        """Symbols are read as such whatever the output, or else the numbers of its units."""
        if self.target_kind is not Target.SYMBOLS or self.as_symbols:
            return super().read_targets(text)
        try:
            said = tr("the targets of '{title}'", title=self.title)
            return self.as_targets(read_values(text, self.target_kind, self.target_names, said))
        except ExplorerError as no_symbols:
            try:
                return super().read_targets(text)
            except ExplorerError:
                raise no_symbols from None

    def write_targets(self, y: Drawn) -> str:
        if self.target_kind is not Target.SYMBOLS or self.as_symbols:
            return super().write_targets(y)
        symbols = y[:, 0].astype(np.intp) if self.one_bit else y.argmax(1)
        if (y == self.as_targets(symbols)).all():
            return write_values(symbols, self.target_kind, self.target_names)
        return super().write_targets(y)
