"""Own data: what of all that is stored here names a person; taking it along, and taking it away."""
