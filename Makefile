# Two commands do everything on a fresh machine: make figures, make test.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup figures page test quick lint types browser bench notebooks lock clean

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

page: $(READY) ## Write the interactive page of the shipped dataset
	$(BIN)/netscam page mekong -o mekong.html

test: lint types browser ## Everything that must pass: lint, types, all tests
	$(BIN)/python -m pytest -n 2

quick: $(READY) ## Tests without a browser and without the slow ones
	$(BIN)/python -m pytest -n 2 -m "not browser and not slow"

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

lock: ## Renew requirements.lock (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --quiet --output-file requirements.lock

clean: ## Remove the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
