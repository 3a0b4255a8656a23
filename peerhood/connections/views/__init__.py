"""The doors of this step: whom I met, and my people."""
