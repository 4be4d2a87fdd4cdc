"""Fuzzing of the readers, longer than the tests take: ``python -m tests.fuzz --help``."""
