"""Compiles the mixing engine's kernel where a C compiler is found; without one it stays plain Python."""

from Cython.Build import cythonize
from setuptools import Extension, setup

KERNEL = Extension("peerhood.mixing.engine.kernel", ["peerhood/mixing/engine/kernel.py"], optional=True)

setup(ext_modules=cythonize([KERNEL], quiet=True))
