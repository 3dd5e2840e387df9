"""Run the tests without a screen and, in CI, with the same examples each time."""

import os

from hypothesis import settings

# Before anything imports Qt. Set the variable yourself to watch the windows.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# No deadline: on a busy machine an example's time says nothing about the code.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")
