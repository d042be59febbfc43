# GNU make 4.3, a JDK from 17 on and Maven: nothing else is needed.

MVN ?= mvn -B -ntp -q
JAVA ?= $(if $(JAVA_HOME),$(JAVA_HOME)/bin/java,java)

# Where `make demo` runs: embedded, envtest or cluster. With KEEP=1 it stays until Ctrl-C.
API ?= embedded
KEEP ?=

# FORCE=1 lets `make uninstall` delete the resources that there are.
FORCE ?=

JAR := target/mixpeek-operator.jar
SOURCES := pom.xml $(shell find src/main crds -type f)
TEST_SOURCES := $(shell find src/test -type f)
DEMO_CLASSES := target/demo.classpath

# Only the tests' results and what went wrong, not what Maven does to get there.
RESULTS := -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.surefire.SurefireMojo=info

.DEFAULT_GOAL := help
.PHONY: help build demo run install uninstall test test-cluster crds format clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: $(JAR) ## Build the jar that runs with java -jar, without running tests

$(JAR): $(SOURCES)
	@$(MVN) package -Dmaven.test.skip=true
	@touch $@
	@echo "Built $@: run it with java -jar $@"

demo: $(DEMO_CLASSES) ## Clone the examples of deploy/examples before your eyes; API=embedded, envtest or cluster, KEEP=1
	@API='$(API)' KEEP='$(KEEP)' $(JAVA) -cp "target/test-classes:target/classes:$$(cat $<)" com.mixpeek.operator.demo.Demo

$(DEMO_CLASSES): $(SOURCES) $(TEST_SOURCES)
	@echo "Building; the first time Maven fetches what it needs, which takes minutes."
	@$(MVN) test-compile dependency:build-classpath -Dmdep.outputFile=$@ -Dmdep.includeScope=test
	@touch $@

run: $(JAR) ## Run the operator against the cluster of the current kubeconfig
	@$(JAVA) -jar $(JAR)

install: $(JAR) ## Put the CRDs on the cluster of the current kubeconfig
	@$(JAVA) -jar $(JAR) install

uninstall: $(JAR) ## Take the CRDs away again; refused while they are in use, unless FORCE=1, which deletes all resources
	@$(JAVA) -jar $(JAR) uninstall $(if $(filter-out 0,$(FORCE)),--force)

test: ## Run every test
	@$(MVN) $(RESULTS) test

test-cluster: ## Run every test, those that need a real API server on the cluster of the current kubeconfig
	@$(MVN) $(RESULTS) test -Dmixpeek.server=cluster

crds: ## Write crds/ anew from the API classes
	@$(MVN) process-classes -Dcrds.mode=write

format: ## Format the Java sources
	@$(MVN) spotless:apply

clean: ## Remove what was built
	@rm -rf target

include deploy/manifests.mk
