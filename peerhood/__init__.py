"""Peerhood: the home of a professional peer network."""

VERSION = "0.1.0"
