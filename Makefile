# Décider. `make` alone lists what can be done. Everything sets up what it needs by itself.
PYTHON ?= python3
LOCAL = .venv/bin/python -m decider_local
PREPARE = @$(PYTHON) deploy/local/bootstrap.py
SERVICE_NAMES = identity ideas voting consultations notifications
LOCKS = runtime local belenios dev
PACKAGES = libs/contracts/contracts libs/chassis/chassis libs/belenios/belenios gateway/gateway \
  deploy/local benchmarks $(foreach name,$(SERVICE_NAMES),services/$(name)/$(name))
# Servers that are given are shared: tests must then go one after the other.
WORKERS ?= $(if $(AMQP_URL)$(POSTGRES_URL),0,2)
# The long ones first, so that both processes end together.
TESTS = tests $(wildcard libs/*/tests services/*/tests gateway/tests)

.DEFAULT_GOAL := help
.PHONY: help up down status logs scale secrets demo demo-sealed test check docs lock bench petition clean

help: ## What can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: ## Start the suite here: site, API, five services (SERVICES=identity,ideas for a part)
	$(PREPARE) run
	@$(LOCAL) up

down: ## Stop it; data stay
	$(PREPARE) run
	@$(LOCAL) down

status: ## What runs, and whether it is ready
	$(PREPARE) run
	@$(LOCAL) status

logs: ## Follow the logs (of SERVICE=voting, else of all)
	$(PREPARE) run
	@$(LOCAL) logs $(SERVICE)

scale: ## Run more processes of a service: make scale voting=3 voting-workers=2
	$(PREPARE) run
	@$(LOCAL) scale $(foreach name,$(SERVICE_NAMES) voting-workers,$(if $($(name)),$(name)=$($(name))))

clean: ## Stop it and remove all that it made: databases, queues, mails, secrets, logs
	$(PREPARE) run
	@$(LOCAL) clean

secrets: ## Make the secrets of docker-compose.yml, in var/compose/secrets
	$(PREPARE) tools
	@DECIDER_VAR=var/compose $(LOCAL) secrets

demo: up ## Import published data and hold a real vote again: make demo DATA=<folder>
	@test -n "$(DATA)" || { echo "say where the data is: make demo DATA=<folder>"; exit 2; }
	@.venv/bin/python -m decider_demo $(DATA)

demo-sealed: export SERVICES = identity,voting
ifdef DATA
demo-sealed: export DECIDER_VAR = var/sealed
demo-sealed: export TERRITORY_DIR = $(DECIDER_VAR)/territory
demo-sealed: export RATE_EXEMPT = 127.0.0.0/8
endif
demo-sealed: ## Hold a sealed vote and verify it; published votes with DATA=<folder> (BALLOTS=100 for a part)
	$(PREPARE) run
	$(if $(DATA),@.venv/bin/python -m decider_demo.orsay)
	@$(LOCAL) up
	@.venv/bin/python -m decider_demo.sealed $(DATA)

bench: export DECIDER_VAR = var/bench
bench: export RATE_EXEMPT = 127.0.0.0/8
bench: up ## Measure a suite of its own and sealed votes; writes docs/performance*.md (needs wrk)
	@command -v wrk >/dev/null || apt-get install -y wrk
	@.venv/bin/python -m benchmarks
	@$(LOCAL) down
	@.venv/bin/python -m benchmarks.sealed.bench
	@.venv/bin/python -m benchmarks.sealed.casting

petition: export DECIDER_VAR = var/petition
petition: export TERRITORY_DIR = var/petition/territory
petition: export RATE_EXEMPT = 127.0.0.0/8
petition: export SERVICES = identity,ideas,notifications
petition: ## Replay the worst hour of a petition; writes docs/performance-petition.md (DATA=<folder>)
	$(PREPARE) run
	@.venv/bin/python -m benchmarks.petition territory
	@$(LOCAL) up
	@.venv/bin/python -m benchmarks.petition replay $(DATA)
	@$(LOCAL) down

check: ## Quick: style, types, borders between packages
	$(PREPARE) test
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy $(PACKAGES) conftest.py
	@.venv/bin/mypy --config-file tests/mypy.ini $(TESTS)
	@.venv/bin/lint-imports
	@cd gateway/frontend && { [ -x node_modules/.bin/tsc ] || npm ci --silent --no-audit --no-fund; }
	@cd gateway/frontend && node_modules/.bin/tsc -p . && node_modules/.bin/tsc -p tsconfig.site.json

test: check ## Everything that is checked before a change lands
	@.venv/bin/python -m decider_local assets
	@.venv/bin/python -m pytest -n $(WORKERS) --no-loadscope-reorder $(TESTS)

docs: ## Write the pages and schemas that are made from the code
	$(PREPARE) test
	@.venv/bin/python -m contracts export
	@.venv/bin/python docs/generated.py

lock: ## Pin and hash what requirements/*.in name (UPGRADE=--upgrade for newer versions)
	$(PREPARE) test
	@for name in $(LOCKS); do \
	  .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    $(UPGRADE) requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done
	@! grep -n '://' requirements/*.txt
