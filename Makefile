# Everything runs in .venv, which scripts/setup.sh makes and keeps in step with the requirements.
.DEFAULT_GOAL := help
BIN := .venv/bin
PORT ?=
PYTEST_ARGS ?=

.PHONY: help run test lint format bench samples lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## start the dashboard on this machine (PORT=8600 for another port)
	@scripts/setup.sh run
	@exec scripts/serve.sh $(PORT)

test: lint ## the gate: everything that has to hold (PYTEST_ARGS="-k word" for some of it)
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: ## the half of the gate that takes seconds: format, lint, types, floors
	@scripts/setup.sh test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: ## put the code into the shape the gate asks for
	@scripts/setup.sh test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: ## the measurements, benchmarks/bench_*.py one after the other
	@scripts/setup.sh test
	@set -e; for file in benchmarks/bench_*.py; do echo "$$file"; PYTHONPATH=. $(BIN)/python "$$file"; done

SAMPLE := --date 2026-11-26 --author "Desk officer" --assurer "Second analyst"

samples: ## write docs/samples again, after a change of what briefings say
	@scripts/setup.sh run
	$(BIN)/counterweight brief --perspective human-rights $(SAMPLE) --output docs/samples/two-pages.pdf
	$(BIN)/counterweight brief --perspective ukraine --length full $(SAMPLE) --output docs/samples/full.pdf

lock: ## move the pinned versions to the newest that fit
	scripts/lock.sh --upgrade

clean: ## remove .venv and every cache
	rm -rf .venv .venv.log .venv.lock .mypy_cache .ruff_cache .pytest_cache .import_linter_cache \
	    .hypothesis build *.egg-info tests/artefacts
	find dashboard tests benchmarks -name __pycache__ -prune -exec rm -rf {} +
