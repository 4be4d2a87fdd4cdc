"""Digests: what they hold, when they are made, their pages."""
