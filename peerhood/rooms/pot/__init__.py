"""The pot: notes fall in without a name, and are poured out all at once.

Under a promise, somebody who takes the whole database, its backups and the logs afterwards
cannot tell who wrote what. So a note is handed in without a cookie (``door``), waits in
memory and never in the database (``spool``), and comes into the database with all the
others, shuffled, in one transaction (``pouring``). Where each person has one say, tickets
are drawn from a hat (``hat``), and only totals come out (``counting``).
"""
