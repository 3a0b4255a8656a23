"""A pulse: "who else has this problem?", answered through the pot, told as totals when five have answered."""
