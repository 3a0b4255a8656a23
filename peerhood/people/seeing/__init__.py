"""Seeing: who sees what of a person. The card they see, the photo, and others who are alike."""
