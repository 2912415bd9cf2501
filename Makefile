# One obvious command each. Needs Python 3.11 or later with pip, and make; nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format evaluate bench fuzz lock docs clean

help:            ## this list
	@grep -E '^[a-z]+: .*##|^[a-z]+:  *##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: $(READY)  ## an environment in .venv with everything that developing needs, versions and hashes locked

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "communique needs Python 3.11 or later; try make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY)   ## read the sample reports and show what the record holds
	@$(BIN)/communique demo

test: $(READY)   ## run the tests
	$(BIN)/python -m pytest -n 2 -q

check: $(READY)  ## lint, types, tests with coverage
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python docs/reference.py --check
	$(BIN)/python -m pytest -n 2 -q --cov --cov-report=term:skip-covered --cov-fail-under=90

format: $(READY) ## put the code in order
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

evaluate: $(READY) ## score on all gold that is at hand, against the pinned floors
	$(BIN)/python evaluation/evaluate.py

fuzz: $(READY)   ## 100,000 hostile inputs through reading, cleaning and a share of the analysis
	$(BIN)/python -m tests.intake.fuzzing

bench: $(READY)  ## speed and memory beside raw spaCy, in one run
	$(BIN)/python bench/run.py
	$(BIN)/python bench/dates.py

docs: $(READY)   ## write the reference from the code, and into the guide what its commands print
	$(BIN)/python docs/reference.py
	$(BIN)/python docs/guide.py

lock:            ## resolve the ranges of pyproject.toml anew (needs uv)
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra dev pyproject.toml -o requirements.lock --custom-compile-command "make lock"

clean:           ## remove the environment and what tools left behind
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
