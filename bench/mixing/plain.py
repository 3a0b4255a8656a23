"""Plain: the engine as it is where there is no C compiler.

Import this first: the kernel's source then takes the place of what was compiled from it.
"""

import importlib.util
import sys
from pathlib import Path

NAME = "peerhood.mixing.engine.kernel"
SOURCE = Path(__file__).parent.parent.parent / "peerhood/mixing/engine/kernel.py"

if NAME in sys.modules:
    raise ImportError("The engine was imported before bench.mixing.plain.")
spec = importlib.util.spec_from_file_location(NAME, SOURCE)
assert spec is not None
assert spec.loader is not None
kernel = importlib.util.module_from_spec(spec)
sys.modules[NAME] = kernel
spec.loader.exec_module(kernel)
