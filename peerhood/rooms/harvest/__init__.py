"""The harvest: what was poured out is put under headings, starred, and taken along as text.

Nothing here knows who wrote a note or when; the order within a heading is that of its stars, and
then of the notes' random keys. What may leave the room is decided by the level, as for a story.
"""
