"""``gazette demo``: the whole bot in a simulated Discord, with its pages in the browser."""
