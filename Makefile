# Two commands matter: `make run` and `make test`. Everything is installed into .venv from the lock.
PYTHON ?= python3
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
# Compiled modules are kept: without them every start compiles a thousand files.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run test check bench drill messages lock clean

help:
	@echo "make run    the whole program with its demo province"
	@echo "make test   the suite (CONGVU_REQUIRE=browser turns skips into failures)"
	@echo "make check  lint, types, import contracts, structure"
	@echo "make messages  bring locale/en of every room up to the source, and say what is still to translate"
	@echo "make bench  speed; make drill  the long kill and scale runs"

# The pip at hand puts uv into the environment: one with a pip of its own takes six seconds longer.
QUIET := --quiet --disable-pip-version-check
.venv/installed: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv --without-pip .venv
	@$(PYTHON) -m pip --python $(BIN)/python install $(QUIET) uv 2>/dev/null || \
	{ $(PYTHON) -m venv .venv && $(BIN)/python -m pip install $(QUIET) uv; }
	@echo "Installing packages from the lock…"
	@VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv pip install --quiet --require-hashes -r requirements.lock
	@VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv pip install --quiet --no-deps -e .
	@touch $@

run: .venv/installed
	@$(BIN)/congvu up --demo

test: .venv/installed
	@$(BIN)/pytest -n 2 --dist loadgroup -m "not drill and not browser and not kill"
	@$(BIN)/pytest -m "(browser or kill) and not drill"

check: .venv/installed
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/pytest tests/house

bench: .venv/installed
	@$(BIN)/python -m bench

drill: .venv/installed
	@$(BIN)/pytest -m drill tests

messages: .venv/installed
	@$(BIN)/congvu messages

lock:
	@VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 pyproject.toml --extra test -o requirements.lock

clean:
	@-$(BIN)/congvu db stop
	rm -rf .venv var
