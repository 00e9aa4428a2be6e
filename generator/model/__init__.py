"""What may be written in `data/` and `content/`, and what a sheet of paper is made of, as frozen records.

Takes values that were read and refuses any that do not fit; gives records, the Catalogue that holds
them, and whose signature stands under which words. Never opens a file, and never knows how anything is shown.
"""
