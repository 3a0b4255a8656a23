"""Recordings: of open items only, kept elsewhere, and asked of nobody before the click."""
