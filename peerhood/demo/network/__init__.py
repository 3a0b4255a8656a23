"""The demo network: two hundred invented people, three networks, two years of meeting.

Every stage is a module named for what it plants; ``load`` runs them in order. Names
and choices come from one seed, dates from today, so there is always something ahead.
"""
