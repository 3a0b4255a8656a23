"""Seeding: a circle that does not exist yet, and opens when enough people say yes.

``planting`` makes a seed and its link, ``inviting`` writes to addresses, ``answering`` takes
a yes or a no, ``sprouting`` opens the circle, ``ending`` lets a seed go. ``keys`` is why the
database knows neither the link nor whom it went to. None of it is seen without the link.
"""
