"""The Content-Security-Policy of a page: what its browser may fetch, run and send, and from whom."""

import hashlib
from base64 import b64encode
from collections.abc import Sequence


def policy(style: str, receivers: Sequence[str] = ()) -> str:
    """Return the policy of a page whose one style sheet is inlined; `style` is its text to the byte.

    Nothing is fetched from other hosts, and no script or style stands in a page unless its hash is named. `receivers`
    are the origins outside the site that forms may send to; there are none where nobody receives answers.
    """
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    to = " ".join(["'self'", *receivers])
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data:; script-src 'self'; connect-src {to}; "
        f"form-action {to}; base-uri 'none'"
    )
