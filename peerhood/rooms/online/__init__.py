"""The same room beside any video call: the call's link, a call for each group, and lists for breakout rooms."""
