"""The linking game: does what is left on the disk tell who wrote what?

Twelve members write, each in a session of their own, through the real server. Whoever plays
against them gets everything on the disk afterwards and says whose each note is. The pot
must leave them at chance; five designs that others use must not, or the game is broken.
"""
