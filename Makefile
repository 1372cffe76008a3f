# make demo   prints the weather of examples/pages/news.txt
# make test   runs the tests
# Each sets up what it needs in .venv first.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: demo test lint types docs examples bench check clean

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev,html,parquet]"
	touch $@ $(VENV)/.installed

demo: $(VENV)/.installed
	$(BIN)/weatherscrape extract examples/pages/news.txt --reference 2025-10-16

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -q

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

docs: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -q --doctest-glob='*.md' docs README.md

examples: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -q tests/test_examples.py

bench: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check ".[bench]"
	$(BIN)/python -m pytest -q benchmarks --benchmark-only
	$(BIN)/python benchmarks/import_time.py

check: test lint types docs examples

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
