"""The organiser's time line of one gathering: from the theme to the next theme, one step after the other."""
