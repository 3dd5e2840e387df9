"""View of a parameter's gradient as an account: what each step adds, the sum so far, and the numbers behind both."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from explorer.graph.analyse.events import Phase
from explorer.graph.plain import plain
from explorer.graph.terms.base import Parameter
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.equations.ledger import Ledger, ledger, step_equation, sum_equation
from explorer.session.stepping import phases
from explorer.ui.equations.ledger_bars import LedgerBars
from explorer.ui.equations.panel import EquationPanel
from explorer.ui.equations.text import ledger_latex
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.widgets import Card, SectionHeader, Words, in_column, in_row, tool_button
from explorer.ui.typography.formula_label import FormulaLabel
from explorer.ui.typography.numbers import figures


class LedgerSection(QWidget):
    """The account of one parameter: the one that the learner has chosen, else the one that the event touches.

    `account_changed` names the parameter, also where only the cursor moved; `picked` an entry that was clicked;
    `pin_asked` the parameter to stay with, "" for none.
    """

    account_changed = Signal(str)
    picked = Signal(str, tuple)
    pin_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.formula, self.menu = FormulaLabel(size=14), Choice(whole=True)
        self.bars, self.words, self.panel = LedgerBars(), Words(), EquationPanel()
        tip = tr("Show the sum so far as numbers; click a bar for its summand")
        self.sum_button = tool_button(tr("numbers"), tip, role="")
        self._shown: Shown | None = None
        self.account: Ledger | None = None
        """The account that is shown."""
        self._accounts: dict[str, Ledger] = {}
        self._cursor = 0
        self._choice: int | None = None
        self._backward: int | None = None
        """After how many events the backward pass begins; None: there is none."""
        self._pinned, self._touched = "", ""
        self._build()

    def stay_with(self, name: str) -> None:
        """Stay with this parameter, unless it does."""
        if name != self._pinned:
            self.pin(name)

    def set_state(self, shown: Shown, cursor: int, touched: str | None) -> None:
        """Account for what has been computed at this cursor; `touched` is the parameter that the event is about."""
        fresh = shown is not self._shown
        if fresh:
            if self._shown is None or _sequence(shown) != _sequence(self._shown):
                self._choose(None)
            self._shown, self._accounts = shown, {}
            found = (start for phase, start, _ in phases(shown.events) if phase is Phase.BACKWARD)
            self._backward = next(found, None)
            self._list_parameters(shown.architecture.parameters)
        if touched or self._touched not in shown.trace.parameters:
            weights = [name for name, array in shown.trace.parameters.items() if array.ndim == 2]
            self._touched = touched or weights[0]
        self._cursor = cursor
        self.bars.set_cursor(cursor)
        self._account_for(self._pinned or self._touched, fresh)
        self._come_and_go()

    def pin(self, name: str) -> None:
        """Stay with this parameter, or with "" follow the events again."""
        self._pinned = name
        self.menu.show_value(name)
        self._account_for(name or self._touched)
        self._come_and_go()

    def _come_and_go(self) -> None:
        """Be there once a gradient is; before, only for who stays with a parameter: else nothing is to be seen yet."""
        self.setVisible(self._backward is not None and (bool(self._pinned) or self._cursor > self._backward))

    def _pin_chosen(self, name: str) -> None:
        self.pin(name)
        self.pin_asked.emit(name)

    def choose(self, step: int) -> None:
        """Show the numbers of step t, or with 0 of the sum so far; the same again hides them."""
        self._choose(None if step == self._choice else step)
        self._refresh()

    def _choose(self, step: int | None) -> None:
        self._choice = step
        self.bars.choose(step or None)

    def _list_parameters(self, parameters: tuple[Parameter, ...]) -> None:
        self.menu.fill([(tr("follow"), ""), *((plain(each.symbol), each.name) for each in parameters)])
        if self._pinned not in (parameter.name for parameter in parameters):
            self._pinned = ""
        self.menu.show_value(self._pinned)

    def _account_for(self, name: str, fresh: bool = False) -> None:
        shown = self._shown
        assert shown is not None
        if fresh or self.account is None or self.account.name != name:
            if name not in self._accounts:
                self._accounts[name] = ledger(shown, name)
            self.account = self._accounts[name]
            self.bars.set_account(self.account)
            self.formula.set_latex(ledger_latex(shown.architecture.parameter(name)))
        self.account_changed.emit(name)
        self._refresh()

    def _refresh(self) -> None:
        account, shown = self.account, self._shown
        if account is None or shown is None:
            return
        computed, used = int(account.computed(self._cursor).sum()), int(account.used.sum())
        self.sum_button.setEnabled(computed > 0)
        self.sum_button.setChecked(self._choice == 0)
        if computed == 0:
            self.words.setText(tr("Bars appear in the backward pass."))
        else:
            norm = figures(account.norm_at(self._cursor))
            if shown.trace.network.tree is not None:
                one, several = tr("the only node"), tr("{computed} of {used} nodes", computed=computed, used=used)
            else:
                one, several = tr("the only step"), tr("{computed} of {used} steps", computed=computed, used=used)
            self.words.setText(tr("Sum over {steps}: norm {norm}", steps=one if used == 1 else several, norm=norm))
        visible = self._choice == 0 and computed > 0
        if self._choice:
            visible = bool(account.computed(self._cursor)[self._choice - 1])
        if visible and self._choice is not None:
            equation = (
                step_equation(shown, account, self._choice)
                if self._choice
                else sum_equation(shown, account, self._cursor)
            )
            self.panel.set_equation(equation, shown)
        self.panel.setVisible(visible)

    def _build(self) -> None:
        self.menu.setAccessibleName(tr("Parameter of the ledger"))
        self.menu.setToolTip(tr("Follow the parameter that each event touches, or stay with one"))
        self.menu.asked.connect(self._pin_chosen)
        self.sum_button.setCheckable(True)
        self.sum_button.clicked.connect(lambda: self.choose(0))
        self.bars.chosen.connect(self.choose)
        self.panel.view.picked.connect(self.picked)
        self.panel.hide()
        head = in_row(None, SectionHeader(tr("Gradient ledger")), self.formula, 1, self.menu)
        foot = in_row(None, (self.words, 1), self.sum_button)
        in_column(6, head, Card(self.bars, foot, self.panel), on=self)


def _sequence(shown: Shown) -> tuple[object, ...]:
    """What a step of the account is about: the same steps of the same task in the same network."""
    return shown.network, shown.sizes, shown.trace.T, shown.document.task
