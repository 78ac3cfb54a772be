# Two commands are enough: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help run test test-flows check bench format frontend schema requirements

help: ## list these commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 16

run: ## run the product on this machine (PORT, FLOWBUILDER_DATA)
	@$(PYTHON) scripts/environment.py
	@test -f static/builder/manifest.json || $(MAKE) --no-print-directory frontend
	@$(BIN)/python manage.py up

test: check ## check everything, then run every test on SQLite and on PostgreSQL
	@$(BIN)/python -m scripts.test_all

test-flows: ## run the saved test calls of an account's flows (ACCOUNT, FLOW)
	@$(PYTHON) scripts/environment.py
	@$(BIN)/python manage.py test_flows --account $(or $(ACCOUNT),demo) $(if $(FLOW),--flow $(FLOW))

check: ## format, lint, types, imports, migrations, settings, front end
	@$(PYTHON) scripts/environment.py --dev
	@$(BIN)/python -m scripts.check_all

bench: ## measure; every figure is a ratio to a baseline of the same run
	@$(PYTHON) scripts/environment.py --dev
	@$(BIN)/python -m bench

format: ## format Python and TypeScript
	@$(PYTHON) scripts/environment.py --dev
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .
	@cd frontend && npm run --silent format

frontend: ## build the canvas into static/builder
	@$(PYTHON) scripts/environment.py --dev
	@cd frontend && npm ci --silent --no-audit --no-fund && npm run --silent build

schema: ## write docs/openapi.json from the views
	@$(BIN)/python manage.py spectacular --format openapi-json --file docs/openapi.json

requirements: ## compile the requirement files from pyproject.toml
	@$(BIN)/uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --universal -o requirements.txt
	@$(BIN)/uv pip compile -q pyproject.toml --group dev --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --universal -c requirements.txt -o requirements-dev.txt
