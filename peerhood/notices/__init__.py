"""Notices carry a message to a person: ``sending.send(ada, "gatherings/seated", gathering=supper)``."""
