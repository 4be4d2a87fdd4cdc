"""Articles and answers as Discord shows them, within its limits. Pure."""
