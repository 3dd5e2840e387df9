"""The small things that panels are built from."""
