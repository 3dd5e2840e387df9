"""Where everything of a drawing is, without Qt: boxes, edges, loops and labels, unfolded and folded."""
