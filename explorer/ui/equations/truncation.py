"""View of how far BPTT goes back, at the gradient of a parameter: whole or in windows, to choose where it stands."""

from collections.abc import Sequence
from math import isfinite

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from explorer.language import tr, trn
from explorer.session.document import Shown
from explorer.session.equations.truncation import Astray, astray, lengths_to_choose, window_length
from explorer.training.meaning import why_not
from explorer.training.truncation import Window, windows_of
from explorer.ui.parts.explained import explained
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.widgets import Words, in_column, in_row
from explorer.ui.typography.numbers import figures


class TruncationView(QWidget):
    """`changed` carries the setting `truncate` of the plan: what is chosen is how training goes, too."""

    changed = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self.windows, self.words = Choice(whole=True), Words()
        self.windows.setAccessibleName(tr("How far BPTT goes back"))
        self.windows.setToolTip(tr("Send each loss back through all steps, or no further than its window begins"))
        explained(self.windows, "truncate")
        name = QLabel("BPTT")
        name.setBuddy(self.windows)
        in_column(4, in_row(6, name, self.windows, 1), self.words, on=self)
        self.words.hide()
        self._overlapping: tuple[Window, ...] = ()
        self.windows.asked.connect(self._ask)

    def set_shown(self, shown: Shown, known: bool) -> None:
        """Show how BPTT of this document is truncated, if it is; how far that leads, once the gradient is `known`."""
        architecture, training = shown.architecture, shown.document.plan.training
        refused = why_not("truncate", architecture, training, ())
        lengths = () if refused else lengths_to_choose(shown)
        self._overlapping = windows_of(architecture, training, shown.trace.T)
        self.windows.fill(
            [
                (tr("whole"), None),
                *((_named(number, self._overlapping), window) for number, window in enumerate(self._overlapping, 1)),
                *((_title(k, architecture.one_output), k) for k in lengths),
            ]
        )
        self.windows.setEnabled(bool(lengths))
        self.windows.show_value(shown.window or window_length(shown))
        said = refused or self._said(shown, known)
        self.words.setText(said)
        self.words.setVisible(bool(said))

    def _ask(self, chosen: int | Window | None) -> None:
        """Ask for windows of one length, for one of those that overlap as planned, or for the whole gradient."""
        if isinstance(chosen, Window):
            self.changed.emit({"window": self._overlapping.index(chosen) + 1})
        elif chosen is None and self._overlapping:
            self.changed.emit({"window": None})
        else:
            self.changed.emit({"truncate": chosen and (chosen, chosen), "window": None})

    def _said(self, shown: Shown, known: bool) -> str:
        training, T = shown.document.plan.training, shown.trace.T
        if shown.window is not None:
            said = tr(
                "Only the losses of this window count here; what lies before its steps counts as given. Training adds "
                "up the gradients of all {n} windows.",
                n=len(self._overlapping),
            )
            return f"{said} {_distance(astray(shown))}".strip() if known and shown.trace.borders else said
        if shown.trace.borders:
            said = tr("For a loss, what lies before its window counts as given: here, and in training.")
            return f"{said} {_distance(astray(shown))}".strip() if known else said
        if training.truncate is not None and self._overlapping:
            k1, k2 = training.truncate
            return tr(
                "Training is planned with k₁ = {k1} and k₂ = {k2}. With T = {T} these windows overlap: some losses "
                "pass where others are cut. Here the gradient is whole; choose a window to see its part.",
                k1=k1,
                k2=k2,
                T=T,
            )
        return ""


def _named(number: int, found: Sequence[Window]) -> str:
    """Which losses a window sends back, and through which steps."""
    window, n = found[number - 1], len(found)
    losses = trn(
        "loss {stop}", "losses {fresh}–{stop}", window.stop - window.fresh, fresh=window.fresh + 1, stop=window.stop
    )
    return tr(
        "{losses}, back to step {start} ({number} of {n})", losses=losses, start=window.start + 1, number=number, n=n
    )


def _title(k: int, one_output: bool) -> str:
    if one_output:
        return trn("through the last step", "through the last {n} steps", k)
    return trn("in windows of 1 step", "in windows of {n} steps", k)


def _distance(found: Astray) -> str:
    """How far the gradient is from the whole one, with the numbers."""
    if not isfinite(found.share):
        return ""
    if not isfinite(found.cosine):
        return tr("Nothing is left of the gradient of θ so.")
    return tr(
        "Cosine with the whole gradient of θ: {cosine}; off by {share} of its norm.",
        cosine=figures(found.cosine),
        share=figures(found.share),
    )
