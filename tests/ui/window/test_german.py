"""In German, whose words are longer, the window shows itself whole as well, and says nothing in English."""

import os
import subprocess
import sys


def test_nothing_is_cut_off_or_english() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.german"],
        env=os.environ | {"RNN_EXPLORER_LANGUAGE": "de"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.stdout, done.returncode) == ("", 0), done.stderr
