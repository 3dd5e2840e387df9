"""Read a learner's own data, symbols, tables or JSON, into sequences of inputs and targets, or say what is refused."""
