"""Checks one rendered overlay, read from stdin. Called by check.sh with the overlay's name.

Fails on: a document the schema refuses or does not know, an image without a fixed tag, a LoadBalancer, a container
without probes, resources or the restricted security context, a route to services that only peers may call, a selector
that selects the wrong pods, and a name that leads nowhere.
"""

import collections
import re
import sys

import jsonschema
import kubernetes_validate
import yaml

KUBERNETES = "1.36"

# What an operator creates by hand; README.md says how.
GIVEN = re.compile(r"sanben-(jwks|mail|service-token|tls|[a-z]+-(database|key))")


def shape(required, **properties):
    return {"type": "object", "required": required.split(), "properties": properties, "additionalProperties": False}


def some(items):
    return {"type": "array", "minItems": 1, "items": items}


NAME = {"type": "string", "pattern": r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"}
PORT = {"type": "integer", "minimum": 1, "maximum": 65535}
TEXT = {"type": "string", "minLength": 1}

# The validator ships no custom resources. These are the parts of their specs that we use, and nothing more.
CUSTOM = {
    ("gateway.networking.k8s.io/v1", "Gateway"): shape(
        "gatewayClassName listeners",
        gatewayClassName=NAME,
        infrastructure=shape("parametersRef", parametersRef=shape("group kind name", group=TEXT, kind=TEXT, name=NAME)),
        listeners=some(shape(
            "name port protocol",
            name=NAME,
            port=PORT,
            protocol={"enum": ["HTTP", "HTTPS"]},
            hostname=TEXT,
            tls=shape("certificateRefs", certificateRefs=some(shape("name", name=NAME))),
            allowedRoutes=shape("namespaces", namespaces=shape("from", **{"from": {"const": "Same"}})),
        )),
    ),
    ("gateway.networking.k8s.io/v1", "HTTPRoute"): shape(
        "parentRefs rules",
        parentRefs=some(shape("name", name=NAME)),
        hostnames=some(TEXT),
        rules=some(shape(
            "matches backendRefs",
            matches=some(shape("path", path=shape(
                "type value", type={"enum": ["PathPrefix", "Exact"]}, value={"type": "string", "pattern": "^/"}))),
            backendRefs=some(shape("name port", name=NAME, port=PORT)),
            timeouts=shape("request", request={"type": "string", "pattern": r"^([0-9]{1,5}(h|m|s|ms)){1,4}$"}),
        )),
    ),
    ("gateway.envoyproxy.io/v1alpha1", "EnvoyProxy"): shape(
        "provider",
        provider=shape("type kubernetes", type={"const": "Kubernetes"}, kubernetes=shape(
            "envoyService", envoyService=shape("type", type={"enum": ["NodePort", "ClusterIP"]}))),
    ),
}


def schema(doc):
    """What the schema of the document's kind has against it."""
    custom = CUSTOM.get((doc["apiVersion"], doc["kind"]))
    try:
        if custom:
            meta = shape("name", name=NAME, namespace=NAME, labels={"type": "object"}, annotations={"type": "object"})
            whole = shape("apiVersion kind metadata spec", apiVersion=TEXT, kind=TEXT, metadata=meta, spec=custom)
            jsonschema.Draft202012Validator(whole).validate(doc)
        else:
            kubernetes_validate.validate(doc, KUBERNETES, strict=True)
    except jsonschema.ValidationError as error:
        yield f"{'.'.join(map(str, error.absolute_path))}: {error.message}"
    except kubernetes_validate.SchemaNotFoundError:
        yield f"neither the schema nor the list of custom resources knows {doc['apiVersion']} {doc['kind']}"


def no_load_balancer(doc):
    if doc["kind"] == "Service" and doc["spec"].get("type") == "LoadBalancer":
        yield "is a LoadBalancer"


def pod_spec(doc):
    """The pod a document describes, or None; wherever a kind keeps it."""
    spec = doc.get("spec", {})
    if doc["kind"] == "Pod":
        return spec
    if doc["kind"] == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    return spec.get("template", {}).get("spec")


def containers(doc):
    pod = pod_spec(doc) or {}
    for container in pod.get("containers", []):
        yield from (f"{container['name']}: {what}" for what in contained(pod, container, probed=True))
    for container in pod.get("initContainers", []):
        yield from (f"{container['name']}: {what}" for what in contained(pod, container, probed=False))


def contained(pod, container, probed):
    image = container.get("image", "")
    tag = image.rpartition("/")[2].partition(":")[2]
    if not tag or tag == "latest" or "@" in image:
        yield f"image {image!r} has no fixed tag"
    if container.get("imagePullPolicy") != "IfNotPresent":
        yield "imagePullPolicy is not IfNotPresent"

    for probe in ("startupProbe", "livenessProbe", "readinessProbe") if probed else ():
        if "grpc" not in container.get(probe, {}):
            yield f"no gRPC {probe}"

    for path in ("requests.cpu", "requests.memory", "limits.memory"):
        group, name = path.split(".")
        if name not in container.get("resources", {}).get(group, {}):
            yield f"no resources.{path}"

    context = pod.get("securityContext", {}) | container.get("securityContext", {})
    restricted = {
        "runAsNonRoot": True,
        "readOnlyRootFilesystem": True,
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    for field, wanted in restricted.items():
        if context.get(field) != wanted:
            yield f"securityContext.{field} is {context.get(field)}, not {wanted}"
    if context.get("runAsUser") == 0 or context.get("privileged"):
        yield "runs as root or privileged"


def no_peer_routes(doc):
    """What only the suite itself calls is nobody's to reach from outside."""
    if doc["kind"] == "HTTPRoute":
        for rule in doc["spec"]["rules"]:
            for match in rule["matches"]:
                value = match["path"]["value"]
                if value == "/" or value.split("/")[1].endswith("PeerService"):
                    yield f"routes {value}, by which peer services are reached"


def selectors(doc, docs):
    """A selector that kustomize left empty selects everybody's pods, and is valid."""
    spec = doc.get("spec", {})
    match doc["kind"]:
        case "Service":
            wanted = spec.get("selector")
        case "Deployment" | "PodDisruptionBudget":
            wanted = spec.get("selector", {}).get("matchLabels")
        case "NetworkPolicy":
            if not spec.get("podSelector"):
                yield "selects every pod of the namespace"
            return
        case _:
            return
    selected = [
        other["metadata"]["name"]
        for other in docs
        if other["kind"] == "Deployment"
        and (wanted or {}).items() <= other["spec"]["template"]["metadata"].get("labels", {}).items()
    ]
    if selected != [doc["metadata"]["name"]]:
        yield f"selects the pods of {selected}, not its own"


def names(doc, docs):
    """Whatever is referred to by name is rendered, or given by the operator."""
    rendered = {(other["kind"], other["metadata"]["name"]) for other in docs}
    for kind, name in references(doc):
        if (kind, name) not in rendered and not (kind in ("Secret", "ConfigMap") and GIVEN.fullmatch(name)):
            yield f"refers to {kind} {name}, which is not there"


def references(node):
    if isinstance(node, list):
        for item in node:
            yield from references(item)
        return
    if not isinstance(node, dict):
        return
    kinds = {"configMap": "ConfigMap", "configMapRef": "ConfigMap", "configMapKeyRef": "ConfigMap",
             "secret": "Secret", "secretRef": "Secret", "secretKeyRef": "Secret", "certificateRefs": "Secret",
             "backendRefs": "Service", "parentRefs": "Gateway"}
    for key, value in node.items():
        if key in kinds:
            for target in value if isinstance(value, list) else [value]:
                yield kinds[key], target.get("name", target.get("secretName"))
        elif key == "parametersRef":
            yield value["kind"], value["name"]
        elif key == "serviceAccountName":
            yield "ServiceAccount", value
        elif key == "SANBEN_PEERS":
            for peer in value.split(","):
                yield "Service", re.sub(r"^[a-z]+=http://([^:/]+):8080$", r"\1", peer)
        else:
            yield from references(value)


def main():
    overlay = sys.argv[1]
    docs = [doc for doc in yaml.safe_load_all(sys.stdin) if doc is not None]
    problems = []
    for doc in docs:
        found = [*schema(doc)]
        # The rules take a valid document for granted.
        found = found or [*no_load_balancer(doc), *no_peer_routes(doc), *containers(doc), *selectors(doc, docs), *names(doc, docs)]
        problems += [f"{doc['kind']} {doc['metadata']['name']}: {what}" for what in found]
    if not any(doc["kind"] == "Deployment" for doc in docs):
        problems.append("renders no Deployment")
    seen = collections.Counter((d["kind"], d["metadata"].get("namespace"), d["metadata"]["name"]) for d in docs)
    problems += [f"{kind} {name}: rendered {times} times" for (kind, _, name), times in seen.items() if times > 1]

    for problem in problems:
        print(f"{overlay}: {problem}", file=sys.stderr)
    print(f"{overlay}: {len(docs)} documents, {len(problems)} problems")
    raise SystemExit(bool(problems))


main()
