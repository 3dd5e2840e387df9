"""Light and dark, colours, fonts and signs: what everything looks like."""
