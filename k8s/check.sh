#!/usr/bin/env bash
# Renders both overlays and holds every document against the Kubernetes schema and our own rules (check.py).
# Needs kubectl and python3, and no cluster. The validator is fetched once, into SANBEN_TOOLS (default target/tools).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly VALIDATOR=1.37.0
venv="${SANBEN_TOOLS:-target/tools}/kubernetes-validate"

for tool in kubectl python3; do
    command -v "$tool" >/dev/null || { echo "k8s/check.sh: $tool is not on the PATH" >&2; exit 1; }
done

installed() {
    "$venv/bin/python" -c "import kubernetes_validate as k; raise SystemExit(k.__version__ != '$VALIDATOR')" 2>/dev/null
}
if ! installed; then
    python3 -m venv --clear "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "kubernetes-validate==$VALIDATOR"
fi

status=0
for overlay in kind production; do
    rendered=$(kubectl kustomize "k8s/overlays/$overlay")
    "$venv/bin/python" k8s/check.py "$overlay" <<<"$rendered" || status=1
done
exit "$status"
