"""How long the newsroom waits between its tries while Discord or the disk cannot take something."""

DELAYS = (1, 2, 5, 10, 30, 60, 120, 300)
"""Seconds between tries; the last one is kept."""
