"""Work an equation out by hand: take its factors' numbers, do what its signs say, and return the left side.

It shares no arithmetic with the project: only the fields of `Equation` are read.
"""

import numpy as np

from explorer.graph.arrays import Array
from explorer.graph.equation import Combine, Equation, TermOf


def evaluate(equation: Equation) -> Array:
    """What the right side comes to: the function of the sum of the terms."""
    if not equation.terms:
        return np.zeros(equation.left.array.shape)
    total: Array = np.sum([term.sign * product(term) for term in equation.terms], axis=0)
    match equation.function and equation.function.id:
        case None:
            return total
        case "softmax":
            raised = np.exp(total - total.max())
            return raised / raised.sum()
        case "cross_entropy":
            return -np.log(total[equation.entry])
        case "binary_cross_entropy":
            return np.logaddexp(0.0, total).sum()
        case "squared_error":
            return np.square(total).sum() / 2.0
        case "argmax":
            return one_hot(int(np.argmax(total)), len(total))
        case "sample":
            assert equation.entry is not None and total[equation.entry] > 0.0
            return one_hot(equation.entry, len(total))
        case "tanh":
            return np.tanh(total)
        case "sigmoid":
            return 1.0 / (1.0 + np.exp(-total))
        case "relu":
            return np.where(total > 0.0, total, 0.0)
        case "step":
            return np.where(total >= 0.0, 1.0, 0.0)
        case "identity":
            return total
        case "one_minus":
            return 1.0 - total
    raise AssertionError(f"no such function: {equation.function}")


def product(term: TermOf) -> Array:
    """One summand, without its sign."""
    arrays = [factor.array for factor in term.factors]
    match term.combine, arrays:
        case Combine.MATRIX, [array]:
            return array
        case Combine.MATRIX, [matrix, vector]:
            return matrix @ vector
        case Combine.OUTER, [column, row]:
            return column[:, np.newaxis] * row[np.newaxis, :]
        case Combine.SCALE | Combine.ELEMENTWISE, [left, right]:
            return left * right
        case Combine.SCALE, [number, left, right]:
            return number * left * right
        case Combine.SOFTMAX_JACOBIAN, [yhat, gradient]:
            return (np.diag(yhat) - np.outer(yhat, yhat)).T @ gradient
    raise AssertionError(f"{len(arrays)} factors cannot be combined by {term.combine}")


def one_hot(entry: int, n: int) -> Array:
    """The vector with a 1 at this entry."""
    return np.eye(n)[entry]
