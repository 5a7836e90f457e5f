# `make run` and `make test` are all it takes; each installs what it needs, once.

PYTHON ?= python3
BIN = .venv/bin

.PHONY: run test check types style browser bench

run: .venv/installed
	@$(BIN)/python bot.py

# Three processes of one thread each: many tests wait for answers, and two cores can do the rest.
test: .venv/installed-dev check browser
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 3 --dist worksteal

# The test of the chat page needs one. It is looked for, or brought, before the first test.
browser: .venv/installed-dev
	@$(BIN)/python -m tests.support.browser

# Types take longest, so the others are checked beside them.
check: .venv/installed-dev
	@$(MAKE) --no-print-directory -j 2 types style

types:
	$(BIN)/mypy

style:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

bench: .venv/installed-dev
	$(BIN)/python -m generation.benchmark
	$(BIN)/python -m benchmarks.album
	$(BIN)/python -m benchmarks.answers
	$(BIN)/python -m benchmarks.line
	$(BIN)/python -m benchmarks.overhead

# torch first: what depends on it then takes this build and no other.
.venv/installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make run PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $$(grep '^torch==' requirements.txt)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
