"""View of a file of weights: which array goes where."""
