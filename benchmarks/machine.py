"""What the figures were measured on."""

import os
import platform
from pathlib import Path

from benchmarks.figures import Json


def machine() -> Json:
    """Return the machine, the Python, and how busy the machine is at this moment."""
    load = os.getloadavg()
    return {
        "cpu": _line("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_mb": int((_line("/proc/meminfo", "MemTotal") or "0").split()[0]) // 1024,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "load": [round(one, 2) for one in load],
    }


def told(found: Json) -> str:
    """Return it as a line."""
    return (
        f"{found['cpu']}, {found['cores']} cores, {found['memory_mb']:,} MB, Python {found['python']}, "
        f"{found['system']}; load average at the start {found['load'][0]}"
    )


def _line(path: str, name: str) -> str | None:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), None)
