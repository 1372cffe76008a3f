# make demo   prints the weather of examples/pages/news.txt
# make test   runs the tests
# make check  runs all that must hold for a change
# Each sets up what it needs in .venv first.

# The first Python that is new enough.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest -q

.PHONY: demo test lint types docs examples bench site check clean

$(BIN)/python:
	$(if $(PYTHON),,$(error Python 3.11 or later is needed))
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(PIP) --editable .
	touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(PIP) --editable ".[dev]"
	touch $@ $(VENV)/.installed

demo: $(VENV)/.installed
	@$(BIN)/weatherscrape extract examples/pages/news.txt --reference 2025-10-16

test: $(VENV)/.installed-dev
	$(PYTEST) --numprocesses=auto --dist=worksteal

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

docs: $(VENV)/.installed-dev
	$(PYTEST) --doctest-glob='*.md' --ignore=docs/reference docs README.md

examples: $(VENV)/.installed-dev
	$(PYTEST) tests/test_examples.py

# Half an hour; `make bench QUICK=--quick` takes some minutes.
bench: $(VENV)/.installed-dev
	$(PIP) --editable ".[dev,peers]" google-re2 ahocorasick_rs polars
	$(PYTEST) benchmarks/bench_extract.py --benchmark-only
	$(BIN)/python benchmarks/run.py $(QUICK)

site: $(BIN)/python
	$(PIP) --editable ".[docs]"
	$(BIN)/mkdocs build --strict

check: test lint types docs examples

clean:
	rm -rf $(VENV) dist build site .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks
