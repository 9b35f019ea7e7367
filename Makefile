# `make help` lists what there is. `make run` and `make test` need only Python 3.11 or newer.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
CONTAINERS = $(BIN)/python -m pytest -q -m container --timeout=900 -o faulthandler_timeout=900

# Where it is set, each process compiles all modules again, which is a quarter of the start of a service.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test test-quick test-image test-compose check demo fuzz chaos bench generate image lock sbom release clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY) ## Run the whole shop on http://127.0.0.1:8000, data in ./data; another port: make run PORT=8001
	@$(BIN)/minishop up $(if $(PORT),--port $(PORT))

test: $(READY) .venv-deploy/ready check ## Every check, every test, and the fuzzing (about 12 minutes)
	@$(BIN)/python -m pytest -q -n 4 --dist worksteal
	@$(BIN)/minishop fuzz
	@$(BIN)/python -m scripts.contract_coverage

test-quick: $(READY) ## Tests of the rules on SQLite, in about a minute
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal -k "not postgresql" \
		tests/unit/cart tests/unit/catalog tests/unit/contract tests/unit/notifications tests/unit/shipping

test-image: .venv-deploy/ready ## Build the image, without a registry if need be, and run it in an engine (as root)
	@$(CONTAINERS) tests/deploy/test_image.py

test-compose: .venv-deploy/ready ## The same with the image in the shop of compose.yaml, which CI has no time for
	@$(CONTAINERS) tests/deploy/test_compose.py

check: $(READY) ## Generated code up to date, lint, types, documents
	@$(BIN)/python -m scripts.generate --check
	@$(BIN)/python -m scripts.draw_orders --check
	@$(BIN)/python -m scripts.draw_roles --check
	@$(BIN)/python -m scripts.draw_architecture --check
	@$(BIN)/python -m scripts.draw_problems --check
	@$(BIN)/python -m scripts.draw_client_api --check
	@$(BIN)/python -m scripts.draw_deploy --check
	@$(BIN)/python -m scripts.lint_specs
	@$(BIN)/python -m scripts.lint_prose
	@$(BIN)/python -m scripts.breaking
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

demo: $(READY) ## A whole purchase, step by step, in the shop of `make run` or else in one of its own
	@$(BIN)/minishop demo $(if $(PORT),--url http://127.0.0.1:$(PORT))

fuzz: $(READY) ## Fuzz every service against its document; the report is reports/fuzz/index.html
	@$(BIN)/minishop fuzz

chaos: $(READY) ## Kill, freeze and cut off everything while a shop sells, on both databases (half an hour)
	@$(BIN)/python -m tests.chaos

bench: .venv-bench/ready ## Measure the request path beside other frameworks, the whole shop, and signing in (half an hour)
	@.venv-bench/bin/python -m pytest -q tests/unit/bench
	@.venv-bench/bin/python -m bench.run
	@.venv-bench/bin/python -m bench.purchases
	@.venv-bench/bin/python -m bench.logins
	@.venv-bench/bin/python -m bench.sizing

generate: $(READY) ## Write models, documents and clients from openapi/
	@$(BIN)/python -m scripts.generate
	@$(BIN)/python -m scripts.draw_orders
	@$(BIN)/python -m scripts.draw_roles
	@$(BIN)/python -m scripts.draw_architecture
	@$(BIN)/python -m scripts.draw_problems
	@$(BIN)/python -m scripts.draw_client_api
	@$(BIN)/python -m scripts.draw_deploy

image: $(READY) ## Build the image with Docker, Podman or Buildah; on another base: make image BASE=...
	@$(BIN)/python -m scripts.deploy.image $(if $(BASE),--base $(BASE))

lock: $(READY) ## Resolve requirements.in into requirements.lock again, and those of the image, the benchmark and tests/deploy
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-package minishop-client \
		--no-emit-package minishop-contracts --no-emit-package minishop-server \
		requirements.in --output-file requirements.lock
	@cd tests/deploy && ../../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate requirements.in --output-file requirements.lock
	@cd bench && ../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate -c ../requirements.lock requirements.in --output-file requirements.lock
	@$(BIN)/uv pip compile --quiet --python-platform linux --python-version 3.13 --generate-hashes \
		--no-header --no-annotate --no-emit-package minishop-client \
		--no-emit-package minishop-contracts --no-emit-package minishop-server \
		-c requirements.lock deploy/image/requirements.in --output-file deploy/image/requirements.lock
	@$(MAKE) --no-print-directory sbom

sbom: .venv-deploy/ready ## Write the SBOM of the image from its lock
	@$(BIN)/python -m scripts.deploy.sbom

release: $(READY) ## Make a release: make release VERSION=0.2.0, without an image engine: IMAGE=no; see docs/releasing.md
	@$(BIN)/python -m scripts.release "$(VERSION)" $(if $(filter no,$(IMAGE)),--no-image) $(if $(BASE),--base $(BASE))

clean: ## Remove the environment and all that was built; ./data stays
	@rm -rf .venv .venv-bench .venv-deploy build dist reports .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The environment: exactly what requirements.lock names, each file checked against its hash. uv is the first that goes
# into it: where uv does not run, the making was cut short or failed, and begins anew.
$(READY): requirements.lock clients/pyproject.toml generated/pyproject.toml servers/pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Minishop needs Python 3.11 or newer. Where it has another name: make PYTHON=python3.12 run"; exit 1; }
	@echo "Making the environment in .venv (once) …"
	@$(BIN)/uv --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv || { rm -rf .venv; \
		echo "Python cannot make environments here. On Debian and Ubuntu: apt install $(notdir $(PYTHON))-venv"; exit 1; }
	@$(BIN)/uv --version >/dev/null 2>&1 || { \
		sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > .venv/uv.txt && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt; }
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation \
		-e clients -e generated -e servers
	@touch $@

# The benchmark's own: the other frameworks beside Minishop.
.venv-bench/ready: $(READY) bench/requirements.lock
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv-bench
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python .venv-bench/bin/python --require-hashes \
		requirements.lock bench/requirements.lock
	@$(BIN)/uv pip install --quiet --python .venv-bench/bin/python --no-deps --no-build-isolation \
		-e clients -e generated -e servers
	@touch $@

# The tools of tests/deploy.
.venv-deploy/ready: $(READY) tests/deploy/requirements.lock
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv-deploy
	@$(BIN)/uv pip sync --quiet --python .venv-deploy/bin/python --require-hashes tests/deploy/requirements.lock
	@touch $@
