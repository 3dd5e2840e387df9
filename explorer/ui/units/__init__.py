"""The card "Units": symbols coloured by a unit, and how well each unit follows what the task knows."""
