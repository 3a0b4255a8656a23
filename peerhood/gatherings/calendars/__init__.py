"""Calendars: gatherings as Outlook, Google and Apple read them, and the private feed of all that is mine."""
