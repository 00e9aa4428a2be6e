"""What an author may insert in a text: each declared once, with its syntax and its forms on page, on paper and frozen.

Takes an insertion as written and who speaks; gives its HTML, the values of its template, and its words on a sheet.
Never parses a text, and never knows which page or sheet it stands on. Door: `INSERTIONS`, `parts.fill`.
"""

from generator.insertions.blocks import BLOCKS
from generator.insertions.declaration import Declared
from generator.insertions.inline import INLINE

INSERTIONS: dict[str, Declared] = {**INLINE, **BLOCKS}
"""Every insertion there is, by the name that an author writes."""
