# GNU make 4.3 and a JDK from 17 on: nothing else is needed. Without a Maven, the wrapper fetches one.

MVN ?= $(if $(shell command -v mvn 2>/dev/null),mvn,./mvnw) -B -ntp -q
JAVA ?= $(if $(JAVA_HOME),$(JAVA_HOME)/bin/java,java)
JDK = $(dir $(realpath $(shell command -v $(JAVA))))

# Where `make demo` runs: embedded, envtest or cluster. With KEEP=1 it stays until Ctrl-C.
API ?= embedded
KEEP ?=

# REMOTE=1 shows Mixpeek as the catalog, with a stand-in for its API.
REMOTE ?=

# FORCE=1 lets `make uninstall` delete the resources that there are.
FORCE ?=

# What `make image` builds, and on what: any image with a JRE from 17 on, or scratch, for which no
# registry is asked and which leaves the image without a JVM.
IMAGE ?= mixpeek-operator:0.1.0
BASE ?= $(if $(WITH_AOT),debian:12-slim,eclipse-temurin:17-jre)
PLATFORM ?= linux/amd64
# AOT=1 puts the JVM of this JDK, from 25 on, into the image, and beside it what that JVM has learnt
# of the operator in a run before: it starts in three fifths of the time. The base then needs no JRE.
AOT ?=
WITH_AOT = $(filter-out 0,$(AOT))
# OCI, or Docker for a tarball as docker save writes it.
FORMAT ?= OCI

JAR := target/mixpeek-operator.jar
CLI := target/kubectl-mixpeek
IMAGE_TAR ?= target/mixpeek-operator-image.tar
IMAGE_LOG := target/image.log
AOT_ROOT ?= target/aot
AOT_IMAGE = -Djib.extraDirectories.paths=$(AOT_ROOT) -Dimage.without='/app/{libs,classes,resources}/**' \
  -Djib.extraDirectories.permissions=/opt/java/bin/*=755,/opt/java/lib/jspawnhelper=755 \
  -Djib.container.entrypoint=/opt/java/bin/java,@/app/java.options,-jar,/app/$(notdir $(JAR))
SOURCES := pom.xml $(shell find src/main crds deploy/examples -type f)
TEST_SOURCES := $(shell find src/test -type f)
DEMO_CLASSES := target/demo.classpath

# Only the tests' results and what went wrong, not what Maven does to get there.
LOG := -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin
RESULTS := $(LOG).surefire.SurefireMojo=info $(LOG).failsafe.IntegrationTestMojo=info

# What `make bench` runs, and on which JVM: as the image does, unless told otherwise.
QUICK ?=
BENCH_JAVA ?=
TLS_SUITES = $(shell sed -n 's/.*<tls.suites>\(.*\)<.*/\1/p' pom.xml)
JVM_FLAGS = $(subst $${tls.suites},$(TLS_SUITES),$(shell sed -n 's/.*<jvmFlag>\(.*\)<.*/\1/p' pom.xml))
BENCH_FLAGS ?= $(filter-out -XX:MaxRAMPercentage=%,$(JVM_FLAGS)) -Xmx332m
BENCH_PAGE := src/test/java/com/mixpeek/operator/bench/BENCHMARKS.md
BENCH := $(if $(filter-out 0,$(QUICK)),-Dbench.count=200 -Dbench.many=1000 -Dbench.idle=5000 -Dbench.iteration=300,-Dbench.page=$(BENCH_PAGE))

# What `make soak` does: for so many minutes fresh seeds, or one SEED, or the STEPS of a file again.
MINUTES ?= 30
SEED ?=
STEPS ?=

.DEFAULT_GOAL := help
.PHONY: help build image aot demo bench growth soak run install uninstall test test-cluster crds format clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: $(JAR) $(CLI) ## Build the operator's jar and kubectl-mixpeek, the command line, without running tests
	@echo "Built $(CLI), the command line: copy it to a folder of your PATH, or run"
	@echo '  export PATH="$(abspath target):$$PATH"'
	@echo "and then kubectl-mixpeek --help, or kubectl mixpeek --help."

$(JAR) $(CLI) &: $(SOURCES)
	@$(MVN) package -Dmaven.test.skip=true
	@echo "Built $(JAR), the operator: run it with java -jar $(JAR)"

image: $(JAR) $(if $(WITH_AOT),aot) ## Build the image as a tarball, without Docker; IMAGE=name:tag, BASE=image with a JRE, PLATFORM=linux/arm64, AOT=1
	@echo "Building $(IMAGE) on $(BASE) for $(PLATFORM)."
	@rm -f $(IMAGE_TAR)
	@$(MVN) jib:buildTar -Dimage.name='$(IMAGE)' -Dimage.base='$(BASE)' -Djib.from.platforms='$(PLATFORM)' \
	  -Djib.container.format='$(FORMAT)' -Djib.outputPaths.tar='$(abspath $(IMAGE_TAR))' \
	  -Djib.disableUpdateChecks=true $(if $(WITH_AOT),$(AOT_IMAGE)) > $(IMAGE_LOG) 2>&1 || { \
	  sed -n 's/.*Failed to execute goal[^:]*:[^:]*:[^:]*:[^ ]* ([^)]*) on project [^:]*: /The image was not built: /p' $(IMAGE_LOG) \
	    | sed 's/ -> \[Help 1\]$$/./' >&2; \
	  $(if $(filter scratch,$(BASE)),,echo "Where $(BASE) cannot be fetched, give another: BASE=an image of a registry in reach," \
	    "BASE=tar://path of a saved image, BASE=docker://name of one the local Docker has," \
	    "or BASE=scratch, which asks no registry and brings no JVM." >&2;) \
	  echo "All that Maven said is in $(IMAGE_LOG)." >&2; \
	  exit 1; }
	@echo "Built $(IMAGE_TAR): $(IMAGE) $$(cat target/jib-image.digest)"
	@$(if $(filter scratch,$(BASE)),echo "It brings no $(if $(WITH_AOT),C library,JVM) and so does not run as it stands.")

# What the image has of its own: the JVM, the jar, the options and the cache.
aot: $(JAR) $(DEMO_CLASSES)
	@$(JAVA) -XX:AOTMode=off -version > /dev/null 2>&1 || { \
	  echo "AOT=1 needs a JDK from 25 on: set JAVA_HOME to one." >&2; exit 1; }
	@uname -sm | sed 's/Linux /linux\//; s/x86_64/amd64/; s/aarch64/arm64/' | grep -qx '$(PLATFORM)' || { \
	  echo "AOT=1 runs the image's JVM, and so builds for this machine only, not for $(PLATFORM): leave AOT out." >&2; exit 1; }
	@echo "Running the operator once with the image's JVM, which takes a minute."
	@rm -rf $(AOT_ROOT) && mkdir -p $(AOT_ROOT)/opt $(AOT_ROOT)/app && cp $(JAR) $(AOT_ROOT)/app/
	@$(JDK)/jlink --add-modules "$$($(JDK)/jdeps --multi-release 25 --ignore-missing-deps --print-module-deps $(JAR))" \
	  --strip-debug --no-header-files --no-man-pages --output $(AOT_ROOT)/opt/java
	@printf '%s\n' $(JVM_FLAGS) -XX:AOTCache=/app/operator.aot > $(AOT_ROOT)/app/java.options
	@env -u KUBECONFIG $(JAVA) -cp "target/test-classes:target/classes:$$(cat $(DEMO_CLASSES))" \
	  -Dbench.java=$(AOT_ROOT)/opt/java/bin/java -Dbench.runs=backlog -Dbench.count=300 \
	  -Dbench.flags='$(JVM_FLAGS) -XX:AOTCacheOutput=$(AOT_ROOT)/app/operator.aot' \
	  com.mixpeek.operator.bench.Benchmark $(AOT_ROOT)/app/$(notdir $(JAR)) > $(IMAGE_LOG) 2>&1 \
	  && test -f $(AOT_ROOT)/app/operator.aot || { \
	  echo "The operator did not run: what it said is in $(IMAGE_LOG)." >&2; exit 1; }

demo: $(DEMO_CLASSES) ## Clone the examples of deploy/examples before your eyes, or with REMOTE=1 at Mixpeek; API=embedded, envtest or cluster, KEEP=1
	@API='$(API)' KEEP='$(KEEP)' REMOTE='$(REMOTE)' $(JAVA) -cp "target/test-classes:target/classes:$$(cat $<)" com.mixpeek.operator.demo.Demo

$(DEMO_CLASSES): $(SOURCES) $(TEST_SOURCES)
	@echo "Building; the first time Maven fetches what it needs, which takes minutes."
	@$(MVN) test-compile dependency:build-classpath -Dmdep.outputFile=$@ -Dmdep.includeScope=test
	@touch $@

bench: $(JAR) $(DEMO_CLASSES) ## Measure the operator beside a bare loop; QUICK=1 in small, BENCH_JAVA= and BENCH_FLAGS= for its JVM
	@$(JAVA) -cp "target/test-classes:target/classes:$$(cat $(DEMO_CLASSES))" $(BENCH) \
	  $(if $(BENCH_JAVA),-Dbench.java='$(BENCH_JAVA)') -Dbench.flags='$(BENCH_FLAGS)' \
	  com.mixpeek.operator.bench.Benchmark $(JAR)

growth: $(DEMO_CLASSES) ## Print how long kubectl-mixpeek takes for more and more manifests
	@$(JAVA) -cp "target/test-classes:target/classes:$$(cat $<)" com.mixpeek.operator.bench.Growth

soak: $(DEMO_CLASSES) ## Look for what breaks the contract, by random steps and faults; MINUTES=30, SEED= or STEPS=file, API=envtest
	@$(JAVA) -cp "target/test-classes:target/classes:$$(cat $<)" \
	  -Djava.util.logging.config.file=src/test/resources/logging.properties -Dsoak.minutes='$(MINUTES)' -Dsoak.seed='$(SEED)' \
	  -Dsoak.steps='$(STEPS)' $(if $(filter embedded,$(API)),,-Dsoak.real=true) com.mixpeek.operator.faults.soak.SoakMain

run: $(JAR) ## Run the operator against the cluster of the current kubeconfig
	@$(JAVA) -jar $(JAR)

install: $(JAR) ## Put the CRDs on the cluster of the current kubeconfig
	@$(JAVA) -jar $(JAR) install

uninstall: $(JAR) ## Take the CRDs away again; refused while they are in use, unless FORCE=1, which deletes all resources
	@$(JAVA) -jar $(JAR) uninstall $(if $(filter-out 0,$(FORCE)),--force)

test: ## Run every test, those of what is built too, and check that the sources are formatted
	@$(MVN) $(RESULTS) spotless:check verify

test-cluster: ## Run every test, those that need a real API server on the cluster of the current kubeconfig
	@$(MVN) $(RESULTS) verify -Dmixpeek.server=cluster -Dtest.forks=1

crds: ## Write crds/ anew from the API classes
	@$(MVN) process-classes -Dcrds.mode=write

format: ## Format the Java sources
	@$(MVN) spotless:apply

clean: ## Remove what was built
	@rm -rf target

include deploy/manifests.mk
