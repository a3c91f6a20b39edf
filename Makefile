# Partage. `make` alone prints what there is.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
RUN := .venv/.ready-run
TEST := .venv/.ready-test
BENCH := .venv/.ready-bench
PYTEST_ARGS ?= -n 2
export PYTHON

.PHONY: help setup demo run test api-fuzz check vendor screenshots format mutants bench bench-web lock wheel clean

help:  ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(RUN)  ## Make .venv with the command .venv/bin/partage (PYTHON=... to choose a Python)
	@:

demo: $(RUN)  ## Run the demo; its pages land in out/
	@$(BIN)/partage demo --out out

run: $(RUN)  ## Serve a demonstration office at http://127.0.0.1:8000, with an access per role
	@$(BIN)/partage serve --demo

test: $(TEST)  ## Run the tests (PYTEST_ARGS='-n 2' to change how)
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

api-fuzz: $(TEST)  ## Try the API against its contract, 50 examples an operation (FUZZ_ARGS='200' for more)
	@$(BIN)/python tests/api/fuzzing.py $(FUZZ_ARGS)

check: $(TEST)  ## Lint, format, types, the fences between the parts, the locks
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/uv pip check --quiet --python $(BIN)/python

vendor: $(RUN)  ## Take the pages' styles, fonts and htmx anew from their packages (needs npm)
	@$(BIN)/python scripts/vendor.py

screenshots: $(TEST)  ## Take the pictures in docs/pictures anew (needs Chromium)
	@$(BIN)/python tests/browser/screenshots.py

format: $(TEST)  ## Put the source in its usual form
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

mutants: $(TEST)  ## See that the tests fail when the code is wrong (MUTANT_ARGS='--part 0/3' for a third)
	@$(BIN)/python tests/mutants/run.py $(MUTANT_ARGS)

bench: $(BENCH)  ## Measure the engine beside its peers, into docs/benchmarks.md (BENCH_ARGS='--only day,week --runs 3')
	@$(BIN)/python bench/engine.py $(BENCH_ARGS)

bench-web: $(TEST)  ## Measure the server under load, into docs/benchmarks-web.md (WEB_ARGS='--kills 50')
	@$(BIN)/python bench/served.py $(WEB_ARGS)

wheel: $(RUN)  ## Build dist/partage-*.whl
	@$(BIN)/python -m hatchling build -t wheel -d dist

# Names and hashes, no host; one lock for Linux, Python 3.11 and newer.
# Pins stay as they are unless LOCK_ARGS=--upgrade.
COMPILE = UV_SYSTEM_CERTS=1 UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip compile --quiet --no-config \
	--universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--custom-compile-command 'make lock' $(LOCK_ARGS)
lock: $(RUN)  ## Write requirements/*.txt anew from pyproject.toml (LOCK_ARGS=--upgrade for newer versions)
	@$(COMPILE) --group bootstrap -o requirements/bootstrap.txt
	@$(COMPILE) pyproject.toml --group build -o requirements/run.txt
	@$(COMPILE) --group test -c requirements/run.txt -o requirements/test.txt
	@$(COMPILE) --group bench -c requirements/run.txt -c requirements/test.txt -o requirements/bench.txt
	@$(BIN)/python scripts/parts.py > docs/reference/parts.md

clean:  ## Remove what make made (.venv too)
	@rm -rf .venv dist out .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find src tests -name __pycache__ -prune -exec rm -rf {} +

$(RUN): requirements/bootstrap.txt requirements/run.txt pyproject.toml scripts/setup.sh
	@scripts/setup.sh run
	@touch $@

$(BENCH): $(RUN) requirements/bench.txt
	@scripts/setup.sh bench
	@touch $@

$(TEST): $(RUN) requirements/test.txt
	@scripts/setup.sh test
	@touch $@
