"""Put another graph beside the one that is shown, stepped by the same cursor, and say what differs."""
