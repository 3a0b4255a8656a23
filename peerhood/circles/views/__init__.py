"""The doors of this step: circles, belonging to one, its member list, and lists read in."""
