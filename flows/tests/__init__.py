"""Saved test calls of flows: what they hold, how they are run, and what depends on their results."""
