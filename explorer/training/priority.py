"""Let a process go on behind others that want the same core."""

import os
import sys
from contextlib import suppress
from pathlib import Path

NICENESS = 10
BELOW_NORMAL = 0x4000
"""As Windows counts its classes of priority."""


def give_way() -> None:
    """Lower the priority of this process, with all threads that it has by now; later ones inherit it.

    Linux gives a priority to each thread, and those of BLAS begin as soon as numpy is imported.
    """
    if sys.platform == "win32":
        _give_way_on_windows()
        return
    tasks = Path("/proc/self/task")
    for thread in [int(task.name) for task in tasks.iterdir()] if tasks.exists() else [0]:
        with suppress(ProcessLookupError):  # it has ended since
            os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + NICENESS)


def _give_way_on_windows() -> None:
    import ctypes

    library = getattr(ctypes, "windll").kernel32  # noqa: B009 - other systems' type stubs do not know it
    library.GetCurrentProcess.restype = ctypes.c_void_p
    library.SetPriorityClass.argtypes = ctypes.c_void_p, ctypes.c_uint32
    library.SetPriorityClass(library.GetCurrentProcess(), BELOW_NORMAL)
