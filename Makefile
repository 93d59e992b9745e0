# Every task of the house. `make run` and `make test` set up all they need by themselves.
.DEFAULT_GOAL := help
.PHONY: help run test lint format bench soak mutants screens lock messages map clean
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
SETUP := packaging/setup.sh packaging/prepare.py packaging/system.py pyproject.toml

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

.venv/.ready-run: $(SETUP) packaging/locks/runtime.txt
	@sh packaging/setup.sh run

.venv/.ready-test: $(SETUP) packaging/locks/dev.txt
	@sh packaging/setup.sh test

.venv/.ready-bench: $(SETUP) packaging/locks/bench.txt
	@sh packaging/setup.sh bench

run: .venv/.ready-run ## open BillOps; without a display, do the main job into demo/ (ARGS="--profile DIR")
	@$(BIN)/python packaging/start.py $(ARGS)

test: .venv/.ready-test ## run the tests (one part: T="tests/domain -k money")
	@$(BIN)/python packaging/run_tests.py $(T)

mutants: .venv/.ready-test ## break each defence in a copy: its test must turn red (ARGS="backup pdf")
	@$(BIN)/python packaging/mutants.py $(ARGS)

lint: .venv/.ready-test ## ruff, mypy and the contracts between the layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: .venv/.ready-test ## put the code into its form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: .venv/.ready-bench ## measure speed and memory against controls into bench.json (ARGS="pdf lists")
	@$(BIN)/python -m tests.bench.run $(ARGS)

soak: .venv/.ready-test ## the long runs: 500 kills, a crash at each statement, 5,000 examples a property
	@BILLOPS_EXAMPLES=$${BILLOPS_EXAMPLES:-5000} $(BIN)/pytest -n auto -m "soak or hypothesis" \
		--timeout=3600 $(T)

screens: .venv/.ready-test ## take pictures of every scene into demo/gallery/ (ARGS="--only time --look dark")
	@$(BIN)/python packaging/screens.py $(ARGS)

lock: ## renew the hashed locks from pyproject.toml
	@sh packaging/setup.sh lock

messages: .venv/.ready-test ## renew the word catalogues of resources/locale
	@$(BIN)/python packaging/messages.py

map: .venv/.ready-test ## renew the map of the house in README.md
	@$(BIN)/python packaging/map.py

clean: ## throw away .venv and all that was made
	@rm -rf .venv demo bench.json build dist htmlcov .coverage .mypy_cache .ruff_cache \
		.pytest_cache .hypothesis .import_linter_cache
