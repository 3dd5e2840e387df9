"""Tell what training modes do: `STORIES`, each a network, a task and a plan, what to look for and what was measured.

The numbers are measurements over fixed seeds, which the tests make again.
"""

from collections.abc import Mapping

from msgspec import Struct

from explorer.session.training_plan import Plan
from explorer.training.settings import NetworkSettings, TaskSettings, changed


class Story(Struct, frozen=True):
    """`document` holds the settings of a Document to change, `plan` how to train, `sentence` what is to be seen.

    `measured` are the numbers in that sentence, by their names in it.
    """

    title: str
    document: Mapping[str, object]
    plan: Plan
    sentence: str
    measured: Mapping[str, float]

    @property
    def told(self) -> str:
        """The sentence with the numbers in it."""
        return self.sentence.format(**self.measured)


def _document(
    architecture: str, task: TaskSettings, length: int, hidden: int = 8, activation: str = "tanh"
) -> dict[str, object]:
    """Settings for a story, whose first seed is 0."""
    return {"network": NetworkSettings(architecture, hidden, activation), "task": task, "length": length, "seed": 0}


def _plan(modes: tuple[str, ...] = Plan().modes, seeds: int = 1, **training: object) -> Plan:
    return changed(Plan(modes, seeds), **training)


_PARITY = {"forced 8": 20, "forced 16": 20, "forced 32": 30, "free 8": 75, "free 16": 105, "free 32": 145}
_HELLO_MODES = ("teacher_forcing", "mixed_argmax", "free_running_yhat")
_HELLO = {
    **{"forced fed": 0.80, "forced own": 0.63, "worst": 0.45, "best": 0.80, "points": 10},
    **{"mixed own": 0.80, "free own": 0.80, "soft own": 0.99},
}
"""Shares of right outputs, and points of a hundred."""

STORIES = (
    Story(
        "Teacher forcing learns parity soon, however long",
        _document("output_to_hidden", TaskSettings("running_parity"), 32),
        _plan(iterations=400, evaluate_every=5),
        "Press Run, then try T = 8 and 16. Fed the target, each step is learnt by itself: 99 % right on its own output "
        "took a median over 10 seeds of {forced 8}, {forced 16} and {forced 32} iterations at T = 8, 16 and 32; free "
        "running, which must carry the gradient through all steps, took {free 8}, {free 16} and {free 32}.",
        _PARITY,
    ),
    Story(
        "What must be remembered does not pass through the output",
        _document("output_to_hidden", TaskSettings("delayed_echo", {"k": 2}), 8),
        _plan(modes=("teacher_forcing",), iterations=1500, evaluate_every=25),
        "Press Run: fed the target, o need not carry what the future needs, and cannot. On average no more "
        "than {ceiling:.0%} can be right, fed targets, and none of 3 seeds got further. Then choose "
        "Hidden → hidden in the menu Network and run it on the same task: 99 % within {hidden} iterations, in all 3 "
        "seeds.",
        {"ceiling": 4.5 / 8, "hidden": 100},
    ),
    Story(
        "Exposure bias, and how scheduled sampling closes the gap",
        _document("output_to_hidden", TaskSettings("next_symbol", {"text": "hello"}), 16, 16),
        _plan(_HELLO_MODES, iterations=600, seeds=10, evaluate_every=20),
        "Press Run for 10 seeds of each, and look at Accuracy. Measured: teacher forcing gets {forced fed:.0%} right "
        "fed targets but, at iteration 600, a median of {forced own:.0%} on its own output "
        "({worst:.0%} to {best:.0%}), and that wavers by more than {points:.0f} points on the way; scheduled sampling "
        "with arg max {mixed own:.0%} on its own, and free running on soft ŷ {free own:.0%}. All are judged on their "
        "arg max; judged on soft ŷ (all settings), the last is right in {soft own:.0%}, for ŷ can carry more than a "
        "symbol. Scheduled sampling is an inconsistent estimator all the same (Huszár 2015).",
        _HELLO,
    ),
    Story(
        "Large weights explode unless the gradient is clipped",
        _document("hidden_to_hidden", TaskSettings("delayed_echo"), 16, activation="relu"),
        _plan(optimizer="sgd", learning_rate=1.0, initial_scale=2.0, iterations=600, evaluate_every=20),
        "Press Run, then right-click the run: the same again with “clip to norm 1”. With relu and first weights twice "
        "as large, the loss rose above {exploded:,.0f} in all 5 seeds without clipping; with it, it stayed below "
        "{clipped:,.0f}, and in the median more than {accuracy:.0%} of the outputs were right after 600 iterations.",
        {"exploded": 1e10, "clipped": 1e5, "accuracy": 0.95},
    ),
)
