"""Write the equations of events, in symbols and with their numbers, as a text."""
