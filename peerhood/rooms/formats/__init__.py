"""Formats: recipes that a volunteer can run, as data; how to walk through one is arithmetic."""
