# What deploy/ ships rendered; the tests fail where it is not what would be rendered.

KUBECTL ?= $(firstword $(wildcard $(KUBEBUILDER_ASSETS)/kubectl /usr/local/kubebuilder/bin/kubectl) kubectl)

PROMETHEUS_RULE := deploy/monitoring/prometheus-operator/prometheus-rule.yaml

.PHONY: manifests

manifests: ## Render deploy/install.yaml and the PrometheusRule; needs kubectl
	@mkdir -p target
	@$(KUBECTL) kustomize deploy > target/install.yaml
	@{ echo '# Rendered from ../rules.yaml by `make manifests`: change that.'; \
	  printf '%s\n' 'apiVersion: monitoring.coreos.com/v1' 'kind: PrometheusRule' 'metadata:' '  name: mixpeek-operator' \
	    '  labels:' '    app.kubernetes.io/part-of: mixpeek' 'spec:'; \
	  sed -e '/^#/d' -e 's/^./  &/' deploy/monitoring/rules.yaml; } > target/prometheus-rule.yaml
	@{ echo '# Rendered from deploy/kustomization.yaml by `make manifests`: kubectl apply -f deploy/install.yaml'; \
	  cat target/install.yaml; } > deploy/install.yaml
	@mv target/prometheus-rule.yaml $(PROMETHEUS_RULE)
	@echo "Rendered deploy/install.yaml and $(PROMETHEUS_RULE)"
