"""Who you keep, and what you want to remember."""

from peerhood.connections.models.connection import Connection, ConnectionQuerySet
from peerhood.connections.models.note import Note

__all__ = ["Connection", "ConnectionQuerySet", "Note"]
