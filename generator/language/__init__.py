"""What is known of the Danish language: sentences, words, verbs and spelling. No topic, no page and no site.

Everything here takes text and returns values; only `dictionary` opens a file, and it is the system's own.
"""
