"""Tell what training modes do: `STORIES`, each a question, a network, a task, a plan, and where to look.

What was measured over fixed seeds is said once the runs are at their end, and the tests measure it again. The first
story is the comparison that is one click away from a network that feeds nothing back.
"""

from collections.abc import Mapping

from msgspec import Struct

from explorer.language import filled, tr
from explorer.session.training_plan import Plan
from explorer.session.viewing import Card
from explorer.training.settings import NetworkSettings, Problem, TaskSettings, changed


class Story(Struct, frozen=True):
    """`document` holds the settings of a Document to change, `plan` how to train, `card` what stands beside the curves.

    Before the runs `question` and `look` are said, one sentence each; afterwards `found`, with the numbers `measured`,
    by their names in it. In a low window two lines of it are seen: what is to be done next stands in them.
    """

    title: str
    document: Mapping[str, object]
    plan: Plan
    card: Card
    question: str
    look: str
    found: str
    measured: Mapping[str, float]

    @property
    def asked(self) -> str:
        """What is said before the runs: no result."""
        return tr("{question} Press Run. {look}", question=self.question, look=self.look)

    @property
    def told(self) -> str:
        """What is said after them: what was measured over several seeds, beside the numbers of these runs below."""
        return filled(self.found, self.measured)

    def is_of(self, problem: Problem, plan: Plan) -> bool:
        """Whether runs of this problem and plan are as those that were measured, with whatever seed."""
        asked = (self.document[name] for name in ("network", "task", "length"))
        return plan == self.plan and tuple(asked) == (problem.network, problem.task, problem.length)


def _document(
    architecture: str, task: TaskSettings, length: int, hidden: int = 8, activation: str = "tanh", seed: int = 0
) -> dict[str, object]:
    """Settings for a story."""
    network = NetworkSettings(architecture, hidden, activation)
    return {"network": network, "task": task, "length": length, "seed": seed, "example": 0}


def _plan(modes: tuple[str, ...] = Plan().modes, seeds: int = 1, **training: object) -> Plan:
    return changed(Plan(modes, seeds), **training)


_PARITY = {"forced": 22, "free": 150, "lost": 9}
"""Medians over ten seeds; 3 is the seed nearest to them: tests/benchmarks/exposure.py."""
_LENGTHS = {"forced 8": 20, "forced 16": 20, "forced 32": 30, "free 8": 75, "free 16": 105, "free 32": 145}
_HELLO_MODES = ("teacher_forcing", "mixed_argmax", "free_running_yhat")
_HELLO = {
    **{"forced fed": 80, "forced own": 63, "worst": 45, "best": 80, "points": 10},
    **{"mixed own": 80, "free own": 80, "soft own": 99},
}
"""Right outputs in per cent, and points of a hundred."""

STORIES = (
    Story(
        tr("Who learns sooner, and who can live on its own output?"),
        _document("output_to_hidden", TaskSettings("running_parity"), 16, 16, seed=3),
        _plan(iterations=400, learning_rate=0.005, evaluate_every=5),
        "example",
        tr("Fed targets or its own output: which learns sooner, and which is right on its own?"),
        tr("Look right: does a red output stay alone?"),
        tr(
            "Medians of 10 seeds: free running learned by iteration {free}, teacher forcing by {forced}; on its own "
            "output it first lost 30 points or more in {lost} of 10."
        ),
        _PARITY,
    ),
    Story(
        tr("What does the length of a sequence cost?"),
        _document("output_to_hidden", TaskSettings("running_parity"), 32),
        _plan(iterations=400, evaluate_every=5),
        "score",
        tr("For which of the two are long sequences harder to learn?"),
        tr("Look at “learned by” above the curves; then run it again with T = 8 and 16."),
        tr(
            "Over 10 seeds 99 % right on its own output took teacher forcing {forced 8}, {forced 16} and {forced 32} "
            "iterations at T = 8, 16 and 32 (medians), for each step is learned by itself; free running, whose "
            "gradient goes through all steps, took {free 8}, {free 16} and {free 32}."
        ),
        _LENGTHS,
    ),
    Story(
        tr("Can a network remember by its output alone?"),
        _document("output_to_hidden", TaskSettings("delayed_echo", {"k": 2}), 8),
        _plan(modes=("teacher_forcing",), iterations=1500, evaluate_every=25),
        "score",
        tr("Can it repeat what it heard two steps before, if only its output is fed back?"),
        tr("Look where the curve of right outputs ends."),
        tr(
            "Fed the target, o cannot carry the past: on average {ceiling:.0f} % are right at most. Now choose Hidden "
            "→ hidden in the menu Network and run it: 99 % within {hidden} iterations, in all 3 seeds, of which none "
            "got further here."
        ),
        {"ceiling": 100 * 4.5 / 8, "hidden": 100},
    ),
    Story(
        tr("What does scheduled sampling mend?"),
        _document("output_to_hidden", TaskSettings("next_symbol", {"text": "hello"}), 16, 16),
        _plan(_HELLO_MODES, iterations=600, seeds=10, evaluate_every=20),
        "score",
        tr("Does it help to feed a network more and more of its own output while it trains?"),
        tr("Look at the gap between a solid line and the dashed one of its colour."),
        tr(
            "Teacher forcing gets {forced fed:.0f} % right fed targets but, at iteration 600, a median of {forced "
            "own:.0f} % on its own output ({worst:.0f} % to {best:.0f} %), which wavers by more than {points:.0f} "
            "points on the way; scheduled sampling with arg max {mixed own:.0f} %, and free running on soft ŷ {free "
            "own:.0f} %; judged on soft ŷ (all settings), the last is right in {soft own:.0f} %. Scheduled sampling "
            "is an inconsistent estimator all the same (Huszár 2015)."
        ),
        _HELLO,
    ),
    Story(
        tr("What keeps a large gradient in hand?"),
        _document("hidden_to_hidden", TaskSettings("delayed_echo"), 16, activation="relu"),
        _plan(optimizer="sgd", learning_rate=1.0, initial_scale=2.0, iterations=600, evaluate_every=20),
        "score",
        tr("What becomes of the loss with relu, and first weights twice as large as usual?"),
        tr("Look at the loss; then right-click the run: the same again with “clip to norm 1”."),
        tr(
            "The loss rose above {exploded:,.0f} in all 5 seeds without clipping; with it, it stayed below "
            "{clipped:,.0f}, and in the median more than {accuracy:.0f} % of the outputs were right after 600 "
            "iterations."
        ),
        {"exploded": 1e10, "clipped": 1e5, "accuracy": 95},
    ),
)
