"""Outside events: conferences that members of a circle list, and who else is going, by consent."""
