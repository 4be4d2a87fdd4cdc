"""The history: what was read, what was seen, what was posted where. Knows neither ``bot`` nor ``cogs``."""
