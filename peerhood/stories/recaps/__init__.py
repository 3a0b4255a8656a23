"""Recaps: a line of each who was there, and how it was done where nothing else may be told."""
