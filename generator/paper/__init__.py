"""Paper: a text becomes blocks, a sheet holds a leaflet's words, and they are printed.

Takes a Catalogue and who speaks; gives PDFs and pictures as bytes, or a PaperError that says what does not fit.
Never knows a page or a site. Door: `layouts.prints_alike`, `board.board_job`, `press.print_all`.
"""
