"""Say what a process holds in memory, without what it has freed already but the system has not got back: `live()`."""

import ctypes
import gc
import re
import sys
import tempfile
from pathlib import Path


def live() -> tuple[float, float]:
    """Megabytes that C code holds (nan without glibc), and thousands of blocks that Python holds."""
    gc.collect()
    return _held_by_c(), sys.getallocatedblocks() / 1e3


def _held_by_c() -> float:
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    if libc is None or not hasattr(libc, "malloc_info"):
        return float("nan")
    libc.malloc_trim(0)
    libc.fopen.restype = ctypes.c_void_p
    libc.fclose.argtypes = [ctypes.c_void_p]
    libc.malloc_info.argtypes = [ctypes.c_int, ctypes.c_void_p]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "malloc.xml"
        stream = libc.fopen(str(path).encode(), b"w")
        libc.malloc_info(0, stream)
        libc.fclose(stream)
        # After the last arena come the sums over all of them.
        sums = path.read_text().rpartition("</heap>")[2]
    taken = int(re.findall(r'<system type="current" size="(\d+)"', sums)[0])
    free = sum(int(size) for size in re.findall(r'<total type="(?:fast|rest)" count="\d+" size="(\d+)"', sums))
    mapped = sum(int(size) for size in re.findall(r'<total type="mmap" count="\d+" size="(\d+)"', sums))
    return (taken - free + mapped) / 1e6
