from tests.access.two_circles import ids_that_tell, two

__all__ = ["ids_that_tell", "two"]
