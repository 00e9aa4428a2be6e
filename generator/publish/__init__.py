"""A Catalogue and an order become a tree of files, put in place at once: workers, MkDocs, proofreading, preview.

Takes what `web` and `paper` make; gives a whole and proofread `site/`, or leaves the old one as it was.
Never decides what a page says. Door: `site.build_site`, `preview`.
"""
