"""Gazette: reads a folder of articles and delivers their digests to Discord."""
