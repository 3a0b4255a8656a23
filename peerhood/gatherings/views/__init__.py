"""The doors of this step, one file per kind of errand."""
