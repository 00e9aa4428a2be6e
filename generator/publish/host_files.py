"""Where a tree is laid out: the files that hosts and search engines look for in its root, and which places will do.

Four layouts are built alike: the root of a host or a path on one, all regions or one alone.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from generator.hosts import why_unfit

PAGES_HOSTS = ("github.io", "gitlab.io", "pages.dev", "netlify.app")
"""Hosts that lend out names below their own; such a name is not a domain of one's own, and gets no CNAME file."""
_PREVIEW = """# Kladde. Hver side beder selv søgemaskiner om at holde sig væk (noindex). Det skal de have lov at læse.
User-agent: *
Disallow:
"""
_OPEN = "User-agent: *\nDisallow:\n"


def why_no_place(site_url: str) -> str | None:
    """Return in Danish why pages cannot be published at the address, as the end of »…, som …«, or None."""
    if reason := why_unfit(site_url):
        return reason
    if urlsplit(site_url).path.strip("/"):
        return (
            "har en sti efter værten: tilgængelighedserklæringen skal kunne findes på adressen /was i værtens rod, "
            "så en sti er kun til forhåndsvisning (uden --profile publish)"
        )
    return None


def root_files(site_url: str, is_draft: bool, prefixes: Iterable[str]) -> dict[str, bytes]:
    """Return what lies in the root of the tree for its host, by name.

    `prefixes` are the directories with a site map of their own. A tree below a path has no say over its host, so it
    gets neither a name nor a robots.txt.
    """
    files = {".nojekyll": b""}  # GitHub Pages would otherwise leave some files out
    parts = urlsplit(site_url)
    if parts.path.strip("/"):
        return files
    if why_unfit(site_url) is None and not (parts.hostname or "").endswith(PAGES_HOSTS):
        files["CNAME"] = f"{parts.hostname}\n".encode()
    maps = "".join(f"Sitemap: {site_url.rstrip('/')}/{prefix}sitemap.xml\n" for prefix in prefixes)
    files["robots.txt"] = (_PREVIEW if is_draft else _OPEN + (maps if site_url else "")).encode()
    return files
