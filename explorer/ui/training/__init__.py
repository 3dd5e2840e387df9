"""Training: plan it, watch it, travel along it."""
