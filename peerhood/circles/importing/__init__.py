"""Importing: a list somebody keeps elsewhere becomes members here, in four moves.

``reading`` turns bytes into rows of text; ``sheets`` finds out whose list it is
(``formats``) and what its ``rows`` say; ``preview`` says what would happen to each row;
none of them touches the database. ``preparing`` and ``confirming`` are the acts around them.
"""
