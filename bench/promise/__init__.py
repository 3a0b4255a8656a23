"""The linking game: does what is left on the disk tell who wrote what, and who voted for what?

Twelve members write and vote, each in a session of their own, through the real server. Whoever plays
against them gets everything on the disk afterwards, with backups and logs, and says whose each is. The
pot must leave them at chance; eight designs that others use must not, or the game is broken.
"""
