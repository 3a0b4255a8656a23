"""Clock: for how long this program has been running, its start included."""

import os
import time

# More than a program takes to get here; what says more than that is wrong.
LONGEST_START = 30.0
IMPORTED_AT = time.monotonic()
RECKONED = time.process_time()


def seconds_since_start() -> float:
    """Seconds since the program was started, as near as the machine can tell."""
    try:
        # Linux tells when a process began: the twentieth number after its name, which stands in brackets.
        with open("/proc/self/stat") as file:
            ticks = int(file.read().rpartition(")")[2].split()[19])
        waited = time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
        is_likely = RECKONED <= waited <= LONGEST_START
    except (OSError, ValueError, AttributeError, IndexError):
        is_likely = False
    # Elsewhere: at least as long as it has been reckoning.
    return waited if is_likely else RECKONED + time.monotonic() - IMPORTED_AT
