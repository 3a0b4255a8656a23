"""Outside: runs a program and writes into a file how much memory it took at most.

It imports nothing, because Linux counts what a program holds when it starts another to the other's account.
"""

import os
import sys


def main() -> None:
    told, *command = sys.argv[1:]
    _, status, usage = os.wait4(os.posix_spawn(command[0], command, os.environ), 0)
    with open(told, "w") as file:
        file.write(str(usage.ru_maxrss))
    sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
