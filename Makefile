# Kaiji: `make run` serves the site, `make test` proves it. See README.md.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
# Where the site is reached; `make run PORT=9000` moves it, KAIJI_HOME moves the data.
export KAIJI_PORT := $(if $(filter command line,$(origin PORT)),$(PORT),$(or $(KAIJI_PORT),$(PORT)))
export PYTHON
# What is compiled is kept, whatever the environment says: a site starts in half of the time.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test chaos fuzz api-fuzz walk check bench letters clean messages prepare prepare-test prepare-bench

run: prepare ## install what is missing, set up, serve on http://127.0.0.1:8000
	@$(BIN)/kaiji setup
	@exec $(BIN)/kaiji serve

test: prepare-test ## everything: rules, rooms, browser, both databases
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

chaos: prepare-test ## kill processes at random for longer, with 200 requests on each database
	CHAOS_REQUESTS=200 $(BIN)/python -m pytest -q -s tests/chaos

fuzz: prepare-test ## ten thousand queries of any kind for the search
	FUZZED_QUERIES=10000 $(BIN)/python -m pytest -q -s tests/search/test_fuzz.py

walk: prepare-test ## ten thousand random ways through the procedure, for each regime
	WALKS=10000 $(BIN)/python -m pytest -q -s -n 2 tests/disclosure/test_walk.py

api-fuzz: prepare-test ## ask the API whatever its description allows and forbids, and what follows from its answers
	API_QUESTIONS=60 $(BIN)/python -m pytest -q -s tests/content/views/test_api_contract.py

check: prepare-test ## style, types, translations, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet portal content disclosure discrepancy search --extension=html
	$(BIN)/python scripts/messages check

bench: prepare-bench ## first measurements, beside a bare server as the limit
	$(BIN)/python -m bench

letters: prepare-test ## every letter that exists, as PDF and pictures, and what the validators say
	$(BIN)/python -m tests.gallery var/gallery

messages: prepare-test ## renew the catalogue of texts from the sources
	$(BIN)/python scripts/messages update

clean: ## forget the virtual environment and caches; data under var/ stay
	rm -rf .venv .venv-bench .pytest_cache .mypy_cache .ruff_cache *.egg-info build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

prepare:
	@scripts/prepare run

prepare-test:
	@scripts/prepare test

prepare-bench:
	@scripts/prepare bench
