# Two commands do everything on a fresh machine: make figures, make test.
PYTHON ?= python3
VENV ?= .venv
MINUTES ?= 5
COMPILED := $(addprefix tests/analysis/,dismantle keynodes recovery uncertainty)
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup figures check page report test quick spark fuzz sbom audit lint types browser bench notebooks lock clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(READY) ## Make the virtual environment from the lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "netscam needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

figures: $(READY) ## Regenerate every figure of the shipped dataset
	$(BIN)/netscam figures mekong -o figures/mekong

check: $(READY) ## Say whether the committed figures are what the code draws now
	$(BIN)/netscam figures mekong -o figures/mekong --check

page: $(READY) ## Write the interactive page of the shipped dataset
	$(BIN)/netscam page mekong -o mekong.html

report: $(READY) ## Write the report of the shipped dataset
	$(BIN)/netscam report mekong -o mekong-report.html --references mekong-references.bib

test: lint types browser ## Everything that must pass: lint, types, all tests
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not spark"

quick: $(READY) ## Tests without a browser and without the slow ones
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not browser and not slow"

spark: $(READY) ## Tests on a Spark cluster on loopback (installs Java 17 and pyspark where missing)
	@sh tests/java.sh $(VENV)
	$(BIN)/python -m pytest tests/engines/test_spark.py -m spark -rs

fuzz: $(READY) ## Compiled code with bounds checked; damaged files, kills, random graphs for MINUTES=5
	NETSCAM_LONG=1 $(BIN)/python -m pytest -q tests/hardening/test_determinism.py
	NUMBA_BOUNDSCHECK=1 NUMBA_CACHE_DIR=$(VENV)/bounds $(BIN)/python -m pytest -q $(COMPILED)
	$(BIN)/python -m tests.fuzz --minutes $(MINUTES)

sbom: $(READY) ## CycloneDX list of what is installed: dist/netscam.cdx.json
	mkdir -p dist
	$(BIN)/python -m cyclonedx_py environment --output-reproducible --of JSON -o dist/netscam.cdx.json $(BIN)/python

audit: $(READY) ## Known holes in what is installed (asks the package index)
	$(BIN)/pip-audit -r requirements.lock --require-hashes --disable-pip

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

browser: $(READY) # Chromium for the page's tests: the user's own, else Debian's
	@sh tests/browser.sh

bench: $(READY) ## Print the benchmarks
	$(BIN)/python -m tests.benchmarks

notebooks: $(READY) ## Open the notebooks in JupyterLab
	$(BIN)/python notebooks/pair.py
	$(BIN)/jupyter lab notebooks

# One version of each library for every Python from 3.11 on: the same numbers everywhere.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
  --no-emit-index-url --no-annotate --quiet

lock: ## Renew requirements.lock (needs uv)
	$(LOCK) --extra dev --output-file requirements.lock
	$(LOCK) --extra spark --constraint requirements.lock --output-file requirements-spark.lock

clean: ## Remove the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
