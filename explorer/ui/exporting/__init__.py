"""Choose what is exported, how, and look at it before it is saved or copied."""
