"""What worker processes do here in place of preparing and reading. It imports little, for each loads it."""

import os
import signal
import time
from pathlib import Path


def killed_while(trouble: Path) -> None:
    """End as a process does that the system ends for lack of memory."""
    if trouble.exists():
        os.kill(os.getpid(), signal.SIGKILL)


def stuck_while(trouble: Path) -> None:
    while trouble.exists():
        time.sleep(0.01)


def work_a_little(number: int) -> int:
    time.sleep(0.03)
    return number
