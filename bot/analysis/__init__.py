"""Article → Analysis: pure computing, run in worker processes. Knows no Discord and no database."""
