"""Entering a circle: joining and leaving, applying, links and invitations, and the agreement said yes to."""
