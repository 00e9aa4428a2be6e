"""The command line: one module a command, each parses, calls, prints and ends with 0, 1 or 2.

Takes what a person typed; gives lines in Danish and files in place.
Never decides anything about facts, texts or pages.
"""
