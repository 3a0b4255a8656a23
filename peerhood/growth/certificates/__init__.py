"""Certificates: for those who were there, at their own wish, and anybody may ask whether one is valid."""
