"""Run the tests without a screen, away from the user's files, and, in CI, with the same examples each time."""

import atexit
import os
import tempfile

from hypothesis import settings

# Before anything imports Qt. Set the variable yourself to watch the windows.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["RNN_EXPLORER_LANGUAGE"] = "en"
HOME = tempfile.TemporaryDirectory(prefix="rnn-explorer-")
atexit.register(HOME.cleanup)
for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
    os.environ[variable] = os.path.join(HOME.name, variable)

# No deadline: on a busy machine an example's time says nothing about the code. Thirty examples, not a hundred: outside
# CI every run draws others. A test of more than a few kinds of input asks for more itself.
settings.register_profile("local", deadline=None, max_examples=30)
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")
