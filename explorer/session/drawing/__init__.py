"""Where everything in the drawing stands, and what of it is shown after how many events."""
