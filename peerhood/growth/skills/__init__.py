"""Skills: what somebody says of themselves, what they let a circle know of it, and who can help with what."""
