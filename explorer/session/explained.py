"""Explain controls, curves and cards beyond the tip that each has: `CONTROLS`, by the setting, field or card they are.

What is said is the control's own tip where nothing else is written here, for that follows what can be done now.
"""

from collections.abc import Mapping

from explorer.language import tr
from explorer.session.explaining import CitedFormula, Explanation

_STEP = CitedFormula(r"\theta \leftarrow \theta - \eta \, \nabla_\theta L", "algorithm 8.1")
_SWITCH = r"a^{(t)} = b + W \, y^{(t-1)} + U \, x^{(t)}"
_OWN = r"a^{(t)} = b + W \, o^{(t-1)} + U \, x^{(t)}"
_LOSS = CitedFormula(r"L = \sum_t L^{(t)}", "eq. 10.13")

CONTROLS: Mapping[str, Explanation] = {
    "length": Explanation(
        tr("length of the sequence"), r"\tau", formulas=(CitedFormula(r"x^{(1)}, \ldots, x^{(\tau)}", "section 10.1"),)
    ),
    "hidden": Explanation(
        tr("number of hidden units"), "n_h", formulas=(CitedFormula(r"h^{(t)} \in \mathbb{R}^{n_h}", "section 10.2"),)
    ),
    "activation": Explanation(
        tr("activation function"), r"\varphi", formulas=(CitedFormula(r"h^{(t)} = \varphi(a^{(t)})", "eq. 10.9"),)
    ),
    "lag": Explanation(
        tr("steps that a connection skips"),
        "d",
        formulas=(CitedFormula(r"h^{(t-d)} \to h^{(t)}", "section 10.9.1"),),
    ),
    "biases": Explanation(
        tr("biases"),
        "b, c",
        formulas=(
            CitedFormula(r"a^{(t)} = b + W \, h^{(t-1)} + U \, x^{(t)}", "eq. 10.8"),
            CitedFormula(r"o^{(t)} = c + V \, h^{(t)}", "eq. 10.10"),
        ),
    ),
    "teacher_forcing": Explanation(
        tr("teacher forcing"), "y", formulas=(CitedFormula(_SWITCH, "section 10.2.1"),), cited="fig. 10.6"
    ),
    "free_running": Explanation(
        tr("own output fed back"), "o", formulas=(CitedFormula(_OWN, "section 10.2.1"),), cited="fig. 10.6"
    ),
    "mixed": Explanation(tr("a mix of target and own output"), "f", cited="section 10.2.1"),
    "test_time": Explanation(tr("train time or test time"), cited="fig. 10.6"),
    "fold": Explanation(
        tr("fold and unfold"),
        formulas=(CitedFormula(r"h^{(t)} = f(h^{(t-1)}, x^{(t)}; \theta)", "eq. 10.5"),),
        cited="fig. 10.2",
    ),
    "both": Explanation(tr("folded and unfolded"), cited="fig. 10.2"),
    "show_a": Explanation(
        tr("pre-activations"),
        "a",
        formulas=(CitedFormula(r"a^{(t)} = b + W \, h^{(t-1)} + U \, x^{(t)}", "eq. 10.8"),),
    ),
    "open_cells": Explanation(tr("what is inside a cell"), cited="fig. 10.16"),
    "learning_rate": Explanation(
        tr("learning rate"), r"\eta", tr("How far each update goes against the gradient."), (_STEP,)
    ),
    "optimizer": Explanation(tr("optimiser"), formulas=(_STEP,)),
    "momentum": Explanation(
        tr("momentum"),
        r"\alpha",
        tr("How much of the step before is kept."),
        (
            CitedFormula(
                r"v \leftarrow \alpha v - \eta \, \nabla_\theta L, \; \theta \leftarrow \theta + v", "eq. 8.15"
            ),
        ),
    ),
    "clip_norm": Explanation(
        tr("gradient clipping by norm"),
        "v",
        formulas=(CitedFormula(r"g \leftarrow \frac{g \, v}{\lVert g \rVert}, \; \lVert g \rVert > v", "eq. 10.49"),),
    ),
    "clip_value": Explanation(tr("gradient clipping by entry"), cited="section 10.11.1"),
    "l2": Explanation(
        tr("weight decay"),
        r"\lambda",
        tr("Large weights cost something, so that they stay small."),
        formulas=(CitedFormula(r"L + \frac{\lambda}{2} \lVert w \rVert^2", "section 7.1.1"),),
    ),
    "truncate": Explanation(
        tr("truncated back-propagation through time"),
        says=tr(
            "Every k₁ steps their losses go back through the last k₂ steps only; what came before counts as given. "
            "With k₁ = k₂, dividing T, windows are apart, and the graph shows where they cut gradients. With a larger "
            "k₂ they overlap: the graph shows the whole gradient, or one window, chosen at the gradient of a parameter."
        ),
    ),
    "losses": Explanation(
        tr("loss per predicted step"),
        r"L^{(t)}",
        tr(
            "How surprised the network is by the right answer, on held-out sequences, iteration by iteration: solid "
            "where it is fed the targets, dashed where it is fed its own output."
        ),
        (_LOSS,),
    ),
    "example": Explanation(
        tr("one example"), says=tr("One sequence as the runs answer it, fed the truth and fed their own output.")
    ),
    "writing": Explanation(
        tr("writing"),
        says=tr("The network goes on from a prompt by itself: each symbol that it chooses is its next input."),
        cited="section 10.2.3",
    ),
    "errors": Explanation(
        tr("errors by time step"), says=tr("How wrong the outputs are at each time step, iteration by iteration.")
    ),
    "score": Explanation(tr("accuracy"), says=tr("How much of the held-out sequences is answered right.")),
    "states": Explanation(
        tr("hidden states in a plane"),
        r"h^{(t)}",
        tr("The states of many sequences, each a mark, and the way of the one that is shown from step to step."),
        cited="section 10.1",
    ),
    "units": Explanation(
        tr("what a unit stands for"),
        r"h_i^{(t)}",
        tr("Sequences in the colours of one unit, and units sorted by how well they follow what the task knows."),
    ),
    "reach": Explanation(
        tr("how far gradients reach"),
        r"\nabla_{h^{(t)}} L^{(k)}",
        tr("How large the gradient of each loss is when it comes back to each state: vanishing and exploding."),
        cited="section 10.7",
    ),
    "drift": Explanation(
        tr("state drift"),
        says=tr("How far the states move from those under teacher forcing, once own output is fed back."),
        cited="section 10.2.1",
    ),
    "sequences": Explanation(
        tr("whole sequences"), says=tr("The share of held-out sequences that are right at every step.")
    ),
    "composition": Explanation(
        tr("repeated composition"),
        says=tr("One step of the network applied again and again to a line of states."),
        formulas=(CitedFormula(r"h^{(t)} = W^\top h^{(t-1)}", "eq. 10.36"),),
        cited="fig. 10.15",
    ),
    "jacobians": Explanation(
        tr("products of Jacobians"),
        r"\frac{\partial h^{(t)}}{\partial h^{(k)}}",
        tr("What a change of an earlier state does to a later one: a product of one matrix for each step between."),
        cited="section 10.7",
    ),
    "cliff": Explanation(
        tr("loss over two weights"),
        "L",
        tr("The loss as a surface over two weights: steep cliffs, where a step of the gradient goes astray."),
        cited="fig. 10.17",
    ),
}
