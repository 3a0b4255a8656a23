"""The doors of this step: the list, one story, and the writer's desk."""
