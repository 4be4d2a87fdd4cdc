import platform
import subprocess
import sys

import pytest

THREADS = """
import ctypes, sys, threading
from bot.glibc import give_back, keep_to_one_arena
if sys.argv[1] == "one":
    keep_to_one_arena()
libc = ctypes.CDLL(None)
libc.malloc.restype = libc.fopen.restype = ctypes.c_void_p
together = threading.Barrier(5)
def take():
    together.wait()
    assert libc.malloc(1000)
    together.wait()
threads = [threading.Thread(target=take) for _ in range(4)]
for thread in threads:
    thread.start()
together.wait()
together.wait()
for thread in threads:
    thread.join()
give_back()
file = ctypes.c_void_p(libc.fopen(b"/dev/stdout", b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="it is about GNU's C library")
def test_all_threads_take_memory_from_one_place() -> None:
    def arenas(how: str) -> int:
        done = subprocess.run(
            [sys.executable, "-c", THREADS, how], check=True, capture_output=True, text=True
        )
        return done.stdout.count("<heap nr=")

    assert arenas("one") == 1 < arenas("as it is")
