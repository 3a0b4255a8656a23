"""The machine: what the figures were measured on, told by its size."""

import os
import platform
from datetime import UTC, datetime

BUSY = 0.5


def described() -> dict[str, object]:
    """Cores, memory and Python, and the day."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": cores(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "load_before": round(os.getloadavg()[0], 1),
    }


def cores() -> int:
    """How many cores this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
