"""Going through the events one by one, and being asked what comes next."""
