# `make site` and `make test` set up all they need; see README.md.
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps

.PHONY: site serve check test test-long bench lighthouse was audit sbom lock clean

site: .venv/.site
	@$(BIN)/python -m generator.cli build

serve: .venv/.site
	@$(BIN)/python -m generator.cli serve

check: .venv/.site
	@$(BIN)/python -m generator.cli check

test: .venv/.test
	@./tests/run

test-long: .venv/.test
	@./tests/run --long

bench: .venv/.test
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.feedback

lighthouse: .venv/.test
	@$(BIN)/python -m tests.bench.lighthouse

was: .venv/.test
	@test -n "$(REGION)" || { echo "Skriv, hvilken region: make was REGION=<id>"; exit 2; }
	@$(BIN)/python -m tests.support.was $(REGION)

audit: .venv/.test
	@$(BIN)/python -m tests.support.supply audit

sbom: .venv/.test
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

# Renews both lock files; needs `uv` on the PATH. No registry address is written into them.
lock:
	echo 'setuptools>=80' | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml - -o requirements.lock
	echo 'setuptools>=80' | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --all-extras --constraint requirements.lock pyproject.toml - -o requirements-test.lock

clean:
	rm -rf .venv .build .cache site foldere koder sbom.json .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache *.egg-info
