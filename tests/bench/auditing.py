"""Running Lighthouse on one address: which version, in which Node, as what telephone; and what it answered."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.browser import chromium_path

LIGHTHOUSE, NODE = "13.5.0", "22.23.3"
"""Pinned, since a new version may judge otherwise. Lighthouse 13 needs Node 22.19, and systems have older ones."""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
MEASURES = {
    "lcp": "largest-contentful-paint",
    "tbt": "total-blocking-time",
    "cls": "cumulative-layout-shift",
    "bytes": "total-byte-weight",
}
_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --ignore-certificate-errors"


class MissingError(Exception):
    """Something that Lighthouse needs is not on this machine; the message, in Danish, says what and how to get it."""


@dataclass(frozen=True)
class Answer:
    """What Lighthouse said about one page once: points from 0 to 100, measures, and what it did not let pass."""

    points: dict[str, int]
    measures: dict[str, float]
    remarks: dict[str, str]
    browser: str
    machine: float
    """How fast the machine was just then, as Lighthouse measures it before the page (its benchmarkIndex)."""


def installed(directory: Path) -> Path:
    """Return the directory of Lighthouse and its Node, fetched with npm the first time; raises MissingError."""
    home = directory / f"lighthouse-{LIGHTHOUSE}-node-{NODE}"
    if (home / "node_modules" / "lighthouse").is_dir() and (home / "node_modules" / ".bin" / "node").exists():
        return home
    if not shutil.which("npm"):
        raise MissingError("Programmet npm mangler; det henter Lighthouse. På Debian og Ubuntu: apt-get install npm")
    home.mkdir(parents=True, exist_ok=True)
    (home / "package.json").write_text('{"private": true}\n', "utf-8")
    words = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
    wanted = [f"lighthouse@{LIGHTHOUSE}", f"node@{NODE}"]
    said = subprocess.run([*words, *wanted], cwd=home, capture_output=True, text=True, check=False)
    if said.returncode:
        raise MissingError(f"npm kunne ikke hente {' og '.join(wanted)}:\n{said.stderr.strip()}")
    return home


def audited(home: Path, url: str, host: str) -> Answer:
    """Let Lighthouse open an address as a slow telephone does; to it, the host's name is that of this machine."""
    modules, flags = home / "node_modules", f'{_FLAGS} --host-resolver-rules="MAP {host} 127.0.0.1"'
    words = [str(modules / ".bin" / "node"), str(modules / "lighthouse" / "cli" / "index.js"), url, "--output=json"]
    words += [
        "--quiet",
        "--no-enable-error-reporting",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={flags}",
    ]
    variables = {**os.environ, "CHROME_PATH": chromium_path()}
    run = subprocess.run(words, cwd=home, env=variables, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(f"Lighthouse on {url} ({run.returncode}):\n{run.stderr}")
    return answer(json.loads(run.stdout))


def answer(report: dict[str, Any]) -> Answer:
    """Read Lighthouse's own JSON; raises RuntimeError where it could not judge the page."""
    if trouble := report.get("runtimeError"):
        raise RuntimeError(f"Lighthouse on {report['requestedUrl']}: {trouble['message']}")
    categories, audits = report["categories"], report["audits"]
    return Answer(
        {name: round(100 * categories[name]["score"]) for name in CATEGORIES},
        {name: float(audits[audit]["numericValue"]) for name, audit in MEASURES.items()},
        {each["id"]: _said(each) for each in _not_passed(categories, audits)},
        str(report["environment"]["hostUserAgent"].partition("Chrome/")[2].split()[0]),
        float(report["environment"]["benchmarkIndex"]),
    )


def _not_passed(categories: dict[str, Any], audits: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every audit that a category shows with less than full marks, or that broke."""
    shown = (ref for one in categories.values() for ref in one["auditRefs"] if ref.get("group") != "hidden")
    for name in sorted({ref["id"] for ref in shown}):
        score, mode = audits[name]["score"], audits[name]["scoreDisplayMode"]
        if mode == "error" or (mode in ("binary", "numeric", "metricSavings") and score is not None and score < 1):
            yield audits[name]


def _said(audit: dict[str, Any]) -> str:
    """Return an audit's title, its figure, and the first thing on the page that it is about."""
    listed = audit.get("details", {}).get("items", ())
    first = listed[0] if isinstance(listed, list) and listed else {}
    about = first.get("node", {}).get("snippet") or first.get("url") or first.get("source") or ""
    about = about.get("snippet", "") if isinstance(about, dict) else about
    parts = (audit["title"], audit.get("displayValue"), audit.get("errorMessage"), " ".join(str(about).split())[:110])
    return " · ".join(str(part).replace("\xa0", " ") for part in parts if part)
