"""What people fill in. Forms check what was typed; what may be done is the acts' to say."""
