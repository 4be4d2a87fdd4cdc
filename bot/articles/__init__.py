"""Bytes to articles: a reader for each kind of file, and the steps that they share."""
