"""What runs on GitHub: linted, every step executed here, and nothing but what has been approved is ever published."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.approved import DAY, write_approved
from tests.support.built import ROOT
from tests.support.checkout import checkout, step

WORKFLOWS = ROOT / ".github" / "workflows"
CI, PUBLISH, AUDIT = ((WORKFLOWS / name).read_text("utf-8") for name in ("ci.yml", "publish.yml", "audit.yml"))
ALL = pytest.mark.parametrize("text", [CI, PUBLISH, AUDIT], ids=["ci", "publish", "audit"])
ALLOWED = {
    "publish": {"ci": {"contents"}, "build": {"contents"}, "deploy": {"contents", "pages", "id-token"}},
    "ci": {name: {"contents"} for name in ("check", "test", "preview", "gate")},
    "audit": {"audit": {"contents"}},
}
"""The permissions of every job; only the last one may write, and only pages."""
STEPS = (
    "make check",
    ".ci/run",
    "make site",
    ".ci/gate",
    ".ci/publish",
    "make sbom",
    "make audit",
    '.ci/same-place "$SAID" "$GIVEN"',
)
"""All `run` steps there are; each is executed below."""


def jobs(text: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(text)["jobs"]
    return found


def steps(text: str) -> Iterator[dict[str, Any]]:
    for job in jobs(text).values():
        yield from job.get("steps", ())


def run(words: str, root: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return step(words, root, variables)


class TestLint:
    @pytest.mark.whole
    @pytest.mark.parametrize("words", [("actionlint",), ("zizmor", "--offline", "--no-progress", ".")])
    def test_nothing_is_found(self, words: tuple[str, ...]) -> None:
        tool = Path(sys.executable).with_name(words[0])
        said = subprocess.run([tool, *words[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
        assert said.returncode == 0, said.stdout + said.stderr


class TestWhatMayBePublished:
    """A fork changes the workflow at its own peril, but not unseen: these are tests of its own repository too."""

    def test_nothing_is_wrong(self) -> None:
        assert list(faults(PUBLISH)) == []

    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            ("run: .ci/publish", "run: .ci/publish --profile draft", "publishes by other means than .ci/publish"),
            ("run: .ci/publish", "run: make site", "publishes by other means than .ci/publish"),
            ("BORGERINFO_REGION:", "BORGERINFO_PROFILE: draft\n        BORGERINFO_REGION:", "names a profile"),
            ("region:\n", "profile:\n", "asks for a profile"),
            ("        path: site\n", "        path: kladde\n", "publishes another directory than site"),
            ("  build:\n    needs: ci\n", "  build:\n", "build does not wait for ci"),
            ("    needs: build\n", "", "deploy does not wait for build"),
            ("if: vars", "if: always() && vars", "publishes what has not succeeded"),
            (
                "    - run: .ci/publish", "    - uses: actions/download-artifact@v5\n    - run: .ci/publish",
                "takes what another job has made",
            ),
            ("permissions: {}", "permissions: write-all", "gives permissions to all"),
            ("pages: write", "pages: write\n      actions: write", "deploy may do more than it must"),
            ("SAID: ${{ vars.BORGERINFO_SITE_URL }}", "SAID: ${{ secrets.SITE }}", "uses a secret"),
        ],
    )  # fmt: skip
    def test_a_fork_that_asks_for_a_draft_or_for_more_is_refused(self, old: str, new: str, fault: str) -> None:
        assert old in PUBLISH
        assert fault in set(faults(PUBLISH.replace(old, new)))

    @pytest.mark.whole
    def test_a_draft_that_is_asked_for_by_the_environment_is_refused(self, fork: Path) -> None:
        said = run(".ci/publish", fork, BORGERINFO_PROFILE="draft", BORGERINFO_SITE_URL="https://skulder.vest.dk/")
        assert said.returncode == 2
        assert said.stderr.startswith("Kun profilen publish kan udgives, ikke »draft«.")
        assert not (fork / "site").exists()


def faults(text: str) -> Iterator[str]:
    """Yield what would let something be published that should not be."""
    workflow, found = yaml.safe_load(text), jobs(text)
    commands = [one["run"] for one in found["build"]["steps"] if "run" in one]
    if commands != [".ci/publish"]:
        yield "publishes by other means than .ci/publish"
    if "PROFILE" in re.sub(r"#.*", "", text):
        yield "names a profile"
    if set(workflow[True].get("workflow_dispatch", {}).get("inputs", {})) - {"region"}:  # YAML reads `on` as true
        yield "asks for a profile"
    uploads = [one for one in steps(text) if "upload-pages-artifact" in one.get("uses", "")]
    if [one["with"]["path"] for one in uploads] != ["site"]:
        yield "publishes another directory than site"
    for name, before in (("build", "ci"), ("deploy", "build")):
        if found[name].get("needs") != before:
            yield f"{name} does not wait for {before}"
    if any(word in str(job.get("if", "")) for job in found.values() for word in ("always", "failure", "cancelled")):
        yield "publishes what has not succeeded"
    if any("download-artifact" in one.get("uses", "") or "cache" in one.get("uses", "") for one in steps(text)):
        yield "takes what another job has made"
    yield from _too_much(workflow)


def _too_much(workflow: Mapping[Any, Any]) -> Iterator[str]:
    if workflow["permissions"] != {}:
        yield "gives permissions to all"
    for name, job in workflow["jobs"].items():
        if set(job["permissions"]) - ALLOWED[workflow["name"]][name]:
            yield f"{name} may do more than it must"
    if "secrets" in str(workflow):
        yield "uses a secret"


class TestTheWorkflows:
    @ALL
    def test_every_action_is_pinned_to_a_commit_and_says_which_version_it_is(self, text: str) -> None:
        named = re.findall(r"uses: (?!\./)(.+)", text)
        assert named
        for one in named:
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", one), one

    @ALL
    def test_no_step_keeps_a_token_and_no_job_may_do_more_than_it_must(self, text: str) -> None:
        assert list(_too_much(yaml.safe_load(text))) == []
        for one in steps(text):
            if "checkout" in one.get("uses", ""):
                assert one["with"]["persist-credentials"] is False

    def test_one_gate_needs_every_other_job(self) -> None:
        found = jobs(CI)
        assert set(found["gate"]["needs"]) == set(found) - {"gate"}
        assert found["gate"]["if"] == "always()"  # a gate that is skipped would count as passed

    def test_publishing_waits_for_the_gate_and_goes_by_night(self) -> None:
        workflow = yaml.safe_load(PUBLISH)
        assert workflow["jobs"]["ci"]["uses"] == "./.github/workflows/ci.yml"
        (nightly,) = workflow[True]["schedule"]
        minute, hour, *rest = nightly["cron"].split()
        assert rest == ["*", "*", "*"]
        assert 22 < int(hour) < 24, "after midnight in Copenhagen, which is an hour or two ahead of UTC"
        assert int(minute) > 5

    def test_every_run_step_is_one_that_is_executed_here(self) -> None:
        assert {one["run"] for text in (CI, PUBLISH, AUDIT) for one in steps(text) if "run" in one} == set(STEPS)


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a checkout whose texts and facts are an invented region's own, approved and confirmed."""
    directory = tmp_path_factory.mktemp("fork")
    root, own = checkout(directory), write_approved(directory)
    for name in ("content", "data"):
        shutil.rmtree(root / name)
        shutil.copytree(own / name, root / name)
    return root


def variables(vars: Mapping[str, str], inputs: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of the step that publishes, its expressions filled in as GitHub does."""
    (own,) = [one for one in steps(PUBLISH) if one.get("run") == ".ci/publish"]
    known = {"vars": vars, "inputs": inputs or {}}

    def value(expression: str) -> str:
        for name in expression.split(" || "):
            context, _, key = name.strip().partition(".")
            if found := known[context].get(key):
                return found
        return ""

    filled = {name: re.sub(r"\${{ (.+?) }}", lambda one: value(one[1]), said) for name, said in own["env"].items()}
    return {**filled, "BORGERINFO_AS_OF": DAY.isoformat()}


def is_laid_out(vars: Mapping[str, str], inputs: Mapping[str, str]) -> bool:
    """Say whether the job that lays the pages out runs, its condition worked out as GitHub does."""
    condition = jobs(PUBLISH)["deploy"]["if"]
    known = {"vars": vars, "inputs": inputs}
    filled = re.sub(r"\b(vars|inputs)\.(\w+)", lambda one: repr(known[one[1]].get(one[2], "")), condition)
    return bool(eval(filled.replace("||", " or ").strip(), {}))


@pytest.mark.parametrize(
    ("own", "asked", "laid_out"),
    [
        ("", "", True), ("", "alle", True), ("", "vest", False),
        ("vest", "", True), ("vest", "vest", True), ("vest", "oest", False), ("vest", "alle", False),
    ],
)  # fmt: skip
def test_another_region_than_the_sites_own_is_built_to_be_looked_at_and_never_laid_out(
    own: str, asked: str, laid_out: bool
) -> None:
    """A run by hand for one region would otherwise take all the other regions' pages off the host."""
    assert is_laid_out({"BORGERINFO_REGION": own}, {"region": asked}) is laid_out


class TestAFork:
    """Two variables are all that a region sets."""

    def published(self, fork: Path, vars: Mapping[str, str], inputs: Mapping[str, str] | None = None) -> dict[str, Any]:
        said = run(".ci/publish", fork, **variables(vars, inputs))
        assert said.returncode == 0, said.stdout + said.stderr
        manifest: dict[str, Any] = json.loads((fork / "site/manifest.json").read_text("utf-8"))
        assert manifest["profile"] == "publish"
        return manifest

    @pytest.mark.whole
    def test_one_region_alone_is_published_on_its_own_domain(self, fork: Path) -> None:
        made = self.published(fork, {"BORGERINFO_SITE_URL": "https://skulder.vest.dk/", "BORGERINFO_REGION": "vest"})
        assert made["built"]["senders"] == ["vest"]
        assert (fork / "site/CNAME").read_text() == "skulder.vest.dk\n"
        home = (fork / "site/index.html").read_text("utf-8")
        assert "Region Vest" in home
        assert "noindex" not in home
        assert "Udkast" not in home
        assert (fork / "site/was/index.html").is_file()

    @pytest.mark.whole
    def test_all_regions_are_published_where_none_is_chosen_or_all_are_asked_for(self, fork: Path) -> None:
        site = {"BORGERINFO_SITE_URL": "https://skulder.region.dk/"}
        assert self.published(fork, site)["built"]["senders"] == ["national", "oest", "vest"]
        asked = self.published(fork, {**site, "BORGERINFO_REGION": "vest"}, {"region": "alle"})
        assert asked["built"]["senders"] == ["national", "oest", "vest"]

    @pytest.mark.whole
    def test_what_is_not_approved_stops_it_and_leaves_what_was_there(self, fork: Path) -> None:
        vars = {"BORGERINFO_SITE_URL": "https://skulder.vest.dk/", "BORGERINFO_REGION": "vest"}
        self.published(fork, vars)
        before = (fork / "site/manifest.json").read_bytes()
        areas = fork / "data/areas.yml"
        kept = areas.read_text("utf-8")
        areas.write_text(kept.replace("verified_on: 2026-11-01", "verified_on: null"), "utf-8")
        said = run(".ci/publish", fork, **variables(vars))
        areas.write_text(kept, "utf-8")
        assert said.returncode == 1
        assert "nummeret 70 00 00 01 er ikke bekræftet af regionen" in said.stdout
        assert (fork / "site/manifest.json").read_bytes() == before

    @pytest.mark.parametrize(
        ("address", "said"),
        [
            ("", "Variablen BORGERINFO_SITE_URL mangler"),
            ("https://vest.github.io/skulder/", "har en sti efter værten"),
            ("http://skulder.vest.dk/", "ikke er en adresse, der begynder med https://"),
        ],
    )
    def test_an_address_that_will_not_do_is_refused(self, fork: Path, address: str, said: str) -> None:
        done = run(".ci/publish", fork, **variables({"BORGERINFO_SITE_URL": address}))
        assert done.returncode == 2
        assert said in done.stderr

    @pytest.mark.whole
    def test_checks_and_the_preview_run_there_too(self, fork: Path) -> None:
        for words in ("make check", "make site"):
            done = run(words, fork)
            assert done.returncode == 0, done.stdout + done.stderr
        assert json.loads((fork / "site/manifest.json").read_text("utf-8"))["profile"] == "draft"


@pytest.mark.whole
def test_the_bill_is_written_and_the_audit_says_whether_it_could_be_made(fork: Path) -> None:
    assert run("make sbom", fork).returncode == 0
    assert json.loads((fork / "sbom.json").read_text("utf-8"))["bomFormat"] == "CycloneDX"
    said = run("make audit", fork, OSV_URL="http://127.0.0.1:9/")
    assert said.returncode == 2
    assert said.stdout.startswith("Ikke undersøgt: ")


class TestTheGate:
    @pytest.mark.whole
    @pytest.mark.parametrize(
        ("results", "said"),
        [
            ({"check": "success", "test": "success"}, ""),
            ({"check": "success", "test": "failure"}, "Ikke bestået: test (failure)\n"),
            ({"check": "skipped", "test": "cancelled"}, "Ikke bestået: check (skipped), test (cancelled)\n"),
            ({}, "Ikke bestået: ingen opgaver\n"),
        ],
    )
    def test_only_success_opens_it(self, results: dict[str, str], said: str) -> None:
        needs = json.dumps({name: {"result": result, "outputs": {}} for name, result in results.items()})
        done = run(".ci/gate", ROOT, NEEDS=needs)
        assert (done.returncode, done.stderr) == (bool(said), said)


class TestThePlace:
    WORDS = STEPS[-1]

    @pytest.mark.whole
    def test_pages_are_laid_where_they_were_built_for(self) -> None:
        assert run(self.WORDS, ROOT, SAID="https://Ryg.Region.dk/", GIVEN="https://ryg.region.dk").returncode == 0

    @pytest.mark.whole
    def test_and_nowhere_else(self) -> None:
        done = run(self.WORDS, ROOT, SAID="https://ryg.region.dk/", GIVEN="https://region.github.io/ryg")
        assert done.returncode == 1
        assert "GitHub Pages lægger dem på https://region.github.io/ryg." in done.stderr


@pytest.mark.long
@pytest.mark.parametrize("words", ["make check", "make site", "make quick"])
def test_a_step_runs_on_a_clean_checkout_with_nothing_installed(words: str, tmp_path: Path) -> None:
    """Of `.ci/run`, all of these tests, every change that is submitted is the proof."""
    done = step(words, checkout(tmp_path, installed=False))
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]


@pytest.mark.long
def test_the_real_material_is_refused_on_a_clean_checkout(tmp_path: Path) -> None:
    root = checkout(tmp_path, installed=False)
    done = run(".ci/publish", root, **variables({"BORGERINFO_SITE_URL": "https://ryg.region.dk/"}))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "er ikke fagligt godkendt" in done.stdout
    assert not (root / "site").exists()
