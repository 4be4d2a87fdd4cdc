"""The pictures of the README and the pages, taken from the demo: ``make pictures``."""
