"""A thousand phones follow one room, and how long a change takes to reach them; Channels beside it in the same run.

A phone is a raw connection that keeps to what ``live.js`` and a browser's EventSource do: it reads
events, and when its stream ends it comes back after the pause that the server asked for.
"""
