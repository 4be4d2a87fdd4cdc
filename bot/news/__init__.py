"""What the newsroom does: it watches, reads, remembers and delivers."""
