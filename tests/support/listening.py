"""A host that lets each page tell what goes wrong in it, since WebKitGTK's own console cannot be read from outside.

The one change to a page is a script before all else in it: nothing that the page does or forbids comes earlier.
"""

from pathlib import Path

from tests.support.browser import Host

HEARD = "window.said || ['nobody listens on this page']"
"""What a page has told so far, as a script."""
_NAME = "/lyt.js"
_SCRIPT = b"""window.said = [];
addEventListener("error", e => said.push(e.message || `not loaded: ${e.target.src || e.target.href}`), true);
addEventListener("unhandledrejection", e => said.push(`unhandled: ${e.reason}`));
document.addEventListener("securitypolicyviolation", e => said.push(`${e.effectiveDirective}: ${e.blockedURI}`));
for (const level of ["error", "warn"]) console[level] = (...words) => said.push(`${level}: ${words.join(" ")}`);
"""


class Listening(Host):
    """A plain host whose pages listen to themselves."""

    def do_GET(self) -> None:  # noqa: N802
        path = Path(self.translate_path(self.path))
        if self.path == _NAME:
            return self.hand_over(200, "text/javascript", _SCRIPT)
        if self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        if path.suffix == ".html" and path.is_file():
            return self.hand_over(200, "text/html", self.page(path))
        return super().do_GET()

    def page(self, path: Path) -> bytes:
        """Return the page with the script that listens put first in its head."""
        before, head, after = super().page(path).partition(b"<head>")
        assert head, f"{path} has no <head>"
        return before + head + f'<script src="{_NAME}"></script>'.encode() + after
