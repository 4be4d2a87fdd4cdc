import ctypes
import platform
import subprocess
import sys

import pytest

THREADS = """
import ctypes, sys, threading
from bot.glibc import give_back, keep_little
if sys.argv[1] == "little":
    keep_little()
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

    assert arenas("little") == 1 < arenas("as it is")


FREED = """
import ctypes, sys
from bot.glibc import keep_little
if sys.argv[1] == "little":
    keep_little()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.malloc.argtypes = [ctypes.c_size_t]
libc.free.argtypes = [ctypes.c_void_p]
class Figures(ctypes.Structure):
    _fields_ = [(f"figure_{place}", ctypes.c_size_t) for place in range(10)]
libc.mallinfo2.restype = Figures
for megabytes in (30, 20):
    libc.free(libc.malloc(megabytes << 20))
print(libc.mallinfo2().figure_9 >> 20)
"""
"""Prints how many megabytes of what was freed are kept at the top (``keepcost``)."""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="it is about GNU's C library")
def test_little_is_kept_of_what_is_freed() -> None:
    def kept(how: str) -> int:
        done = subprocess.run([sys.executable, "-c", FREED, how], check=True, capture_output=True, text=True)
        return int(done.stdout)

    assert kept("little") <= 8 < kept("as it is")
