"""The same seed and number of moves give the same seats: compiled or not, on one core or two, anywhere."""

import subprocess
import sys
from pathlib import Path

import pytest

from peerhood.mixing.engine import kernel
from peerhood.mixing.engine.tests.evenings import evenings, fingerprints

ROOT = Path(__file__).resolve().parents[4]
SOURCE = Path(kernel.__file__).with_name("kernel.py")
# A process of its own: its kernel is not compiled if the source's path is given, and it sees so many cores.
PROGRAM = """
import importlib.util, os, sys
source, cores = sys.argv[1:]
os.sched_getaffinity = lambda process: range(int(cores))
if source:
    spec = importlib.util.spec_from_file_location("peerhood.mixing.engine.kernel", source)
    sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[spec.name])
from peerhood.mixing.engine.kernel import is_compiled
from peerhood.mixing.engine.tests.evenings import evenings
print(is_compiled, evenings())
"""
# A change to the search changes seats: then ``python -m peerhood.mixing.engine.tests.evenings`` prints these anew.
# A new platform or Python does not.
EXPECTED = {
    "coffee": "65b32d69a2cc",
    "pure": "077d12a91036",
    "design": "6507d3129111",
    "history": "bb7d328f0abf",
    "everything": "e178bd63a4c4",
    "free sizes": "11cd7cd66bdf",
    "remix": "f12cf9d72415",
}


def told_elsewhere(source, cores):
    command = [sys.executable, "-c", PROGRAM, str(source), str(cores)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return told.strip()


@pytest.mark.parametrize("cores", [1, 2])
def test_another_process_finds_the_same_seats_on_one_core_as_on_two(cores):
    assert told_elsewhere("", cores) == f"{kernel.is_compiled} {evenings()}"


@pytest.mark.parametrize("cores", [1, 2])
def test_plain_python_finds_the_same_seats(cores):
    if not kernel.is_compiled:
        pytest.skip(
            "a C compiler: test_same_everywhere.py has no compiled kernel to compare with the plain one"
        )
    assert told_elsewhere(SOURCE, cores) == f"False {evenings()}"


def test_the_seats_are_those_of_every_other_machine():
    assert fingerprints() == EXPECTED
