# `make run` and `make test` are all it takes; each installs what it needs, once.

BIN = .venv/bin
INSTALL = .ci/install $(BIN)/python

# The first Python of the path that will do; PYTHON=... names another. The libraries have no builds for newer ones.
FITS = import sys, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 15))
PYTHONS = python3 python3.14 python3.13 python3.12 python3.11 python
PYTHON := $(or $(PYTHON),$(shell for python in $(PYTHONS); do $$python -c '$(FITS)' 2>/dev/null && echo $$python && break; done))

# What was installed for a Python that has gone is installed anew.
ifneq ($(wildcard .venv/installed),)
ifneq ($(shell { $(BIN)/python -c 'print("starts")'; } 2>/dev/null),starts)
$(shell rm -f .venv/installed .venv/installed-dev)
endif
endif

.PHONY: run test test-long long check types style browser bench audit lock

run: .venv/installed
	@$(BIN)/python bot.py

# Three processes of one thread each: many tests wait for answers, and two cores can do the rest.
# Bytecode is kept whatever the shell says: each of them, and each that a test starts, would compile
# everything anew.
PYTEST = OMP_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist worksteal

test: .venv/installed-dev check browser
	$(PYTEST) -m "not long"

# The others: one of seven, which take nearly twice as long. Before a change lands both are run.
test-long: .venv/installed-dev browser
	$(PYTEST) -m long

# Which are long, by what each takes on this machine: it writes tests/long.txt, and should be idle.
long: .venv/installed-dev browser
	$(PYTEST) -p tests.support.computing

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
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive bot.py config.py commands decoding generation db handlers playground

# Known holes in the libraries. It asks a service on the net, so no test does it.
audit: .venv/installed-dev
	$(BIN)/pip-audit --no-deps --disable-pip -r requirements.lock

# After a change of requirements.txt: for every system and Python, whichever this one is.
lock: .venv/installed-dev
	@$(BIN)/python -m pip install --quiet uv==0.13.9
	$(BIN)/uv pip compile requirements.txt --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-package torch --custom-compile-command 'make lock' --output-file requirements.lock

bench: .venv/installed-dev
	$(BIN)/python -m generation.benchmark
	$(BIN)/python -m benchmarks.album
	$(BIN)/python -m benchmarks.answers
	$(BIN)/python -m benchmarks.likeness
	$(BIN)/python -m benchmarks.line
	$(BIN)/python -m benchmarks.overhead

# The lock has every library but torch, whose builds (CUDA, CPU, a maker's own) differ in their hashes: docs/decisions/0050-pinned-with-hashes.md
# torch comes after what it needs, so that nothing but it and its CUDA libraries comes without a hash. A .venv that was left half made is made anew.
.venv/installed: requirements.txt requirements.lock
	@$(or $(PYTHON),false) -c '$(FITS)' 2>/dev/null || { echo "Python 3.11 to 3.14 with venv is needed (Debian and Ubuntu: apt install python3-venv; macOS: brew install python@3.13). Where it has another name: make run PYTHON=/path/to/python3"; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@echo "Installing PyTorch and the other libraries into .venv. This takes minutes, once."
	@if [ "$$(uname -sm)" = "Linux x86_64" ] && [ ! -e /proc/driver/nvidia ] && [ -z "$$PIP_EXTRA_INDEX_URL$$PIP_INDEX_URL" ]; then \
		echo "(No NVIDIA GPU is seen here. A build without CUDA is smaller by gigabytes: press Ctrl-C, and type PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu make run)"; fi
	@$(INSTALL) --require-hashes --no-deps -r requirements.lock
	@$(INSTALL) $$(grep '^torch==' requirements.txt)
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	@echo "Installing what the tests need besides."
	@$(INSTALL) -r requirements-dev.txt
	@touch $@
