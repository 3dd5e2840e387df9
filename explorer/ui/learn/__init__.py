"""The panel of lessons, and what it lights up in the rest of the window."""
