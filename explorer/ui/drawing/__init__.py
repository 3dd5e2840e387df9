"""The graph: painted on screen and into files, and handled."""
