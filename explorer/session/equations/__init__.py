"""What an equation shows: numbers as they are written, sums by hand, the account of a gradient, its check."""
