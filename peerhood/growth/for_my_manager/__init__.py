"""For my manager: a year on one page. It is the person's own, and is sent to nobody by us."""
