"""The kernel as plain Python beside the compiled one, and everything that is on a board."""

import importlib.util
import sys
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from peerhood.mixing.engine import compiling, kernel, seating

SOURCE = Path(kernel.__file__).with_name("kernel.py")


def _loaded(path):
    spec = importlib.util.spec_from_file_location(f"plain_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def engine_on_plain_kernel():
    """The three modules that touch the kernel, on one that is not compiled."""
    plain = _loaded(SOURCE)
    with patch.dict(sys.modules, {kernel.__name__: plain}):
        return SimpleNamespace(
            kernel=plain,
            compiling=_loaded(SOURCE.with_name("compiling.py")),
            seating=_loaded(SOURCE.with_name("seating.py")),
        )


plain = engine_on_plain_kernel()
compiled = SimpleNamespace(kernel=kernel, compiling=compiling, seating=seating)

FIELDS = [name for name in vars(plain.kernel.Board) if not name.startswith("__")]


def on_board(board):
    """All that a board says: seats, prices, counts, chance."""
    # What was not set yet is 0 in C, None in Python.
    values = {name: getattr(board, name) or 0 for name in FIELDS}
    return {name: value if isinstance(value, int) else list(value) for name, value in values.items()}
