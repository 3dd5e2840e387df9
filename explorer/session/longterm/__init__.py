"""Why long-term dependencies are hard: a step composed with itself, products of Jacobians, the cliff in the loss."""
