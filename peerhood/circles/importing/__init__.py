"""Importing: a list somebody keeps elsewhere becomes members here, in four moves.

``reading`` turns bytes into rows of text, ``formats`` finds out whose list it is and
what each cell says, ``preview`` says what would happen to each row; none of the three
touches the database. ``preparing`` and ``confirming`` are the acts around them.
"""
