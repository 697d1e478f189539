# Two commands do everything: `make run` and `make test`. Nothing but Python 3.11 or later is needed.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done || true)
TOOLS = exec $(or $(PYTHON),python3) -B -m tools

.PHONY: run test lint bench lock clean help

run: ## set up and start everything with demonstration data (PORT=8000); Ctrl-C ends it
	@$(TOOLS) run
test: ## all tests; ARGS="tests/changes -k vote" for some
	@ARGS='$(ARGS)' $(TOOLS) test
lint: ## style, types, imports, templates, migrations, deployment check
	@$(TOOLS) lint
bench: ## benchmarks, as ratios
	@ARGS='$(ARGS)' $(TOOLS) bench
lock: ## make the locks anew from pyproject.toml; ARGS="--upgrade" for newer versions
	@ARGS='$(ARGS)' $(TOOLS) lock
clean: ## remove the virtual environment and the private servers' data
	@$(TOOLS) clean
help: ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/'
