"""A host writes to people in their own words: the act, and what is filled in."""
