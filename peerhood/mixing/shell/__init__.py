"""The mixing engine from a shell: ``peerhood mix``. No database, no settings, no Django."""

MOST_ROUNDS = 200
