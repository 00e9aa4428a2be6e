"""The dialect of `content/`, and how Danish reads.

Takes Markdown as an author writes it; gives an element tree with every place kept, sentences and readability.
Never knows whose page the text stands on. Door: `markdown.convert`, `dialect`, `lix`, `sentences`, `dictionary`.
"""
