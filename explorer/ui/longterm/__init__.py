"""See why long-term dependencies are hard: repeated composition, products of Jacobians, the loss over two weights."""
