"""Where the spool stands: in memory, in a folder that is ours alone.

A note on a disk would be in its backups, and in its free blocks long after. So a server
that would write notes to a disk refuses to start; a demo starts, and says so.
"""

import os
import stat
from pathlib import Path

IN_MEMORY = {"tmpfs", "ramfs"}
MOUNTS = Path("/proc/self/mounts")


class Unfit(Exception):
    """The spool folder cannot keep the promise; the message says why, for the operator."""


def prepared(spool: Path) -> Path:
    """Make the folder if need be, and see that nobody else can look into it."""
    spool.mkdir(parents=True, mode=0o700, exist_ok=True)
    about = os.lstat(spool)
    if not stat.S_ISDIR(about.st_mode):
        raise Unfit(f"POT_SPOOL {spool} is not a folder.")
    if about.st_uid != os.geteuid() or about.st_mode & 0o077:
        raise Unfit(f"POT_SPOOL {spool} must belong to the user Peerhood runs as, with mode 0700.")
    return spool


def is_in_memory(folder: Path, mounts: str | None = None) -> bool:
    """Whether the folder's file system is memory. Where the system does not tell, it is taken for a disk.

    >>> is_in_memory(Path("/dev/shm/pot"), "tmpfs /dev/shm tmpfs rw 0 0\\n/dev/sda / ext4 rw 0 0")
    True
    >>> is_in_memory(Path("/srv/pot"), "tmpfs /dev/shm tmpfs rw 0 0\\n/dev/sda / ext4 rw 0 0")
    False
    """
    if mounts is None:
        if not MOUNTS.exists():
            return False
        mounts = MOUNTS.read_text()
    lines = [line.split() for line in mounts.splitlines()]
    # The last mount of the longest path is the one that counts.
    kinds = {Path(where.encode().decode("unicode_escape")): kind for _device, where, kind, *_rest in lines}
    return next((kinds[at] for at in (folder, *folder.parents) if at in kinds), "") in IN_MEMORY


def check(spool: Path, *, insists: bool) -> None:
    """Raise ``Unfit`` when the folder is not ours alone, or, where we insist, not memory."""
    if insists and not is_in_memory(spool.resolve()):
        raise Unfit(
            f"POT_SPOOL {spool} is on a disk. Notes under the Chatham House Rule must only ever be in memory: "
            "name a folder on a tmpfs, such as /run/peerhood/pot or /dev/shm/peerhood."
        )
    prepared(spool)
