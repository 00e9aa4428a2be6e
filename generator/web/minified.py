"""Style sheets and scripts as they ship: without the comments and blanks that make their sources readable."""

from functools import lru_cache

from rcssmin import cssmin
from rjsmin import jsmin


@lru_cache
def minified_style(sheet: str) -> str:
    """Return a style sheet that does the same; few differ, and every page has one."""
    return str(cssmin(str(sheet)))


def minified_script(script: str) -> str:
    """Return a script that does the same."""
    return str(jsmin(script))
