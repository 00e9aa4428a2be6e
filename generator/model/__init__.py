"""What may be written in `data/` and `content/`, as frozen records that refuse anything else.

Takes values that were read; gives records, the Catalogue that holds them, and whose signature stands under which
words. Never opens a file, and never knows how anything is shown.
"""
