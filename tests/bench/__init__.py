"""How fast a build is, measured beside plain Markdown conversion of the same words; `make bench` runs it.

Every figure that matters is a ratio of two things measured in turn in one run, because seconds say more about the
machine than about the program. Nothing here passes or fails.
"""
