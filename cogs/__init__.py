"""The slash commands, one file per family. Thin: parse, ask, render, answer."""
