"""What data of one's own decide of their task: kinds, names, where inputs are, and what is held out."""

from functools import cached_property
from itertools import zip_longest
from math import inf

from explorer.data.data_set import DataSet, decoded, encoded, sample
from explorer.graph.declaration import Span
from explorer.graph.output import SIGMOID_SQUARED_ERROR, Target
from explorer.language import tr, trn
from explorer.tasks.chosen_output import ChosenOutput
from explorer.tasks.options import data_option, integer_option
from explorer.tasks.own_rows import RowLayout, Rows, held_apart

MOST_CHARACTERS = 40_000_000


class OwnDeclared(ChosenOutput):
    """The options of `OwnData`, and all that follows from them before anything is drawn."""

    data: str = data_option(
        encoded(sample()),
        title=tr("Data"),
        maximum=MOST_CHARACTERS,
        help=tr("One sequence a line as inputs -> targets, a table with a header, or JSON; a target _ has no loss."),
    )
    share: int = integer_option(
        20, title=tr("Held out %"), minimum=0, maximum=90, help=tr("The share that is never trained on, to judge by.")
    )
    split: int = integer_option(
        0, title=tr("Split by"), minimum=0, maximum=1_000_000, help=tr("Seed by which is chosen what is held out.")
    )

    _data: DataSet

    def __init__(self, **chosen: int | str) -> None:
        super().__init__(**chosen)
        data = decoded(self.data)  # what does not hold together is refused now, not at the first batch
        vars(self).update(
            _data=data,
            input_kind=data.inputs,
            target_kind=data.targets,
            input_span=Span(data.inputs_in),
            weighted=bool(data.weights),
            one_output=data.one_output,
            one_hot_inputs=data.inputs is Target.SYMBOLS,
            in_order=data.windows and len(data.sequences) == 1,
            inputs_are_previous_targets=data.previous_target,
        )

    # What the data decide beyond that.

    @property
    def input_units(self) -> tuple[str, ...]:
        return self._data.input_names

    @property
    def target_names(self) -> tuple[str, ...]:
        return self._data.output_names

    @property
    def input_steps(self) -> tuple[str, ...]:
        return self.input_units if self.input_kind is Target.SYMBOLS else ()

    @property
    def idle(self) -> frozenset[str]:
        """Where nothing is chosen by it, the seed of the split."""
        return frozenset(("split",)) if len(self._rows) == 1 or not self.share else frozenset()

    @property
    def note(self) -> str:
        """What is trained on and what is held out, and what of the targets the output cannot reach."""
        return " ".join(filter(None, (self._said_of_parts, self._out_of_reach)))

    @property
    def _out_of_reach(self) -> str:
        """That some targets are none that a sigmoid comes near to, "" where all are."""
        if self.kind is not SIGMOID_SQUARED_ERROR or self.target_kind is not Target.NUMBERS:
            return ""
        lowest, highest = self._target_range
        if lowest >= 0 and highest <= 1:
            return ""
        return tr(
            "Targets are from {lowest:.3g} to {highest:.3g}, and a sigmoid comes to 0 and 1 at most: those beyond stay "
            "out of reach. Choose a linear output, or scale them.",
            lowest=lowest,
            highest=highest,
        )

    @cached_property
    def _target_range(self) -> tuple[float, float]:
        """The least and the largest target of which there is a loss."""
        low, high = inf, -inf
        for rows in self._rows:
            targets, weights = self._layout.targets_of(rows), self._layout.weights_of(rows)
            judged = targets if weights is None else targets[weights > 0]
            low, high = min(low, judged.min(initial=inf)), max(high, judged.max(initial=-inf))
        return low, high

    @property
    def _said_of_parts(self) -> str:
        (first, *_), (last, *_) = trained, held = self._parts
        if trained is held:
            return tr("Nothing is held out: runs are judged on what they are trained on.")
        if len(self._rows) == 1:
            return tr(
                "{trained} steps are trained on, the {held} after them held out.", trained=len(first), held=len(last)
            )
        return tr(
            "{sequences} to train on, {held} held out.",
            sequences=trn("1 sequence", "{n:,} sequences", len(trained)),
            held=len(held),
        )

    @cached_property
    def _layout(self) -> RowLayout:
        return RowLayout.of(self._data)

    @cached_property
    def _rows(self) -> tuple[Rows, ...]:
        """Every sequence in rows."""
        data = self._data
        return tuple(
            self._layout.rows(inputs, targets, weights, tree)
            for (inputs, targets), weights, tree in zip_longest(data.sequences, data.weights, data.trees)
        )

    def lengths(self, T: int) -> dict[str, int]:
        return {self._data.inputs_in: self._layout.apart} if self._data.inputs_in == "T_x" else {}

    def rows(self, T: int) -> int:
        return self._layout.apart + T

    def read(self, drawn: Rows) -> Rows:
        return drawn[: self._layout.apart or len(drawn)]

    @cached_property
    def _parts(self) -> tuple[tuple[Rows, ...], tuple[Rows, ...]]:
        """What is trained on, and what is held out: the same where there is nothing to hold out."""
        return held_apart(self._rows, self._data.windows, self.share / 100, self.split)
