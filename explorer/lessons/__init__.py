"""Lessons that drive the app: pages as files, the state that each sets, when it is done, the numbers in its text."""
