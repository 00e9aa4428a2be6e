# `make site` and `make test` set up all they need; `make help` lists the rest.
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps

.PHONY: help site serve check quick test test-long bench lighthouse was audit sbom lock clean

help:  ## Vis denne liste
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s%s\n", $$1, $$2 }'

site: .venv/.site  ## Byg hele webstedet i site/
	@$(BIN)/python -m generator.cli build

serve: .venv/.site  ## Vis siderne på http://localhost:8000/, mens du skriver
	@$(BIN)/python -m generator.cli serve

check: .venv/.site  ## Find fejl i data/ og content/, én pr. linje
	@$(BIN)/python -m generator.cli check

quick: .venv/.test  ## Det, der er prøvet på under et minut: uden byg, browser og server
	@./tests/run --quick

test: .venv/.test  ## Det, som CI kører: form, typer, lagdeling og alle prøver
	@./tests/run

test-long: .venv/.test  ## Også hver side, hver folder, hver mutation og andre browsere
	@./tests/run --long

bench: .venv/.test  ## Mål byg og ark mod det, de mindst kan tage, og hvad svartjenesten kan bære
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.feedback

lighthouse: .venv/.test  ## Lighthouse på en side af hver slags (kræver npm)
	@$(BIN)/python -m tests.bench.lighthouse

was: .venv/.test  ## Regionens sider prøvet af axe-core: make was REGION=<id>
	@test -n "$(REGION)" || { echo "Skriv, hvilken region: make was REGION=<id>"; exit 2; }
	@$(BIN)/python -m tests.support.was $(REGION)

audit: .venv/.test  ## Se, hvad der er kendt om pakkerne
	@$(BIN)/python -m tests.support.supply audit

sbom: .venv/.test  ## Skriv en stykliste (CycloneDX) i sbom.json
	@$(BIN)/python -m tests.support.supply bill

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Der mangler Python 3.11 eller nyere."; exit 1; }
	@echo "Opretter .venv med $$($(PYTHON) --version) …"
	@$(PYTHON) -m venv .venv || { echo "Der mangler modulet venv (på Debian og Ubuntu: pakken python3-venv)."; rm -rf .venv; exit 1; }

.venv/.site: requirements.lock pyproject.toml | .venv/bin/python
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@echo "Installerer programmet og det, det bygger på (første gang et minuts tid) …"
	@$(INSTALL) -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.test: requirements-test.lock .venv/.site
	@echo "Installerer prøveværktøjet …"
	@$(INSTALL) -r requirements-test.lock
	@touch $@

# No registry address is written into them.
lock:  ## Forny de to låsefiler (kræver uv)
	echo 'setuptools>=80' | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml - -o requirements.lock
	echo 'setuptools>=80' | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --all-extras --constraint requirements.lock pyproject.toml - -o requirements-test.lock

clean:  ## Fjern alt, der er bygget eller installeret
	rm -rf .venv .build .cache site foldere koder sbom.json .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache *.egg-info
