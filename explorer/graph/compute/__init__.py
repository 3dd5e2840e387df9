"""Run a network: the arrays, the prepared calls forward and backward, and the updates of θ."""
