"""Findings that no schema makes: names that lead nowhere, pods with more rights than the programs need."""

from collections.abc import Callable, Iterator

from tests.deploy.rendered import Object, containers, labels, name_of, ports, selects, templates

# Secrets are made outside of the tree; operators make pods of their own.
_OPERATED = {"app.kubernetes.io/name": "rabbitmq", "cnpg.io/cluster": "postgres"}
_SECRET_WORDS = ("PASSWORD", "SECRET", "TOKEN", "KEY")
_VOLUMES = {"configMap", "emptyDir", "projected", "secret", "downwardAPI", "persistentVolumeClaim"}
_PROBES = ("startupProbe", "livenessProbe", "readinessProbe")
Rule = Callable[[list[Object]], Iterator[str]]


def findings(objects: list[Object]) -> list[str]:
    """Everything that is wrong, a line each."""
    return [found for rule in _RULES for found in rule(objects)]


def _unique(objects: list[Object]) -> Iterator[str]:
    seen: set[tuple[str, str]] = set()
    for thing in objects:
        key = (thing["apiVersion"], name_of(thing))
        if key in seen:
            yield f"twice: {name_of(thing)}"
        seen.add(key)


def _selectors(objects: list[Object]) -> Iterator[str]:
    for thing, template in templates(objects):
        chosen = thing["spec"].get("selector", {}).get("matchLabels", {})
        if thing["kind"] != "Job" and not (chosen and selects(chosen, template)):
            yield f"selector: {name_of(thing)} does not select its own pods"


def _configuration(objects: list[Object]) -> Iterator[str]:
    known = {thing["metadata"]["name"]: set(thing.get("data", {})) for thing in objects if thing["kind"] == "ConfigMap"}
    for thing, template in templates(objects):
        for container in containers(template):
            for source in container.get("envFrom", []):
                if (wanted := source.get("configMapRef", {}).get("name")) is not None and wanted not in known:
                    yield f"reference: {name_of(thing)}: no ConfigMap {wanted}"
            for variable in container.get("env", []):
                wanted = variable.get("valueFrom", {}).get("configMapKeyRef")
                if wanted and wanted["key"] not in known.get(wanted["name"], ()):
                    yield f"reference: {name_of(thing)}: no {wanted['key']} in ConfigMap {wanted['name']}"


def _volumes(objects: list[Object]) -> Iterator[str]:
    for thing, template in templates(objects):
        volumes = {volume["name"]: set(volume) - {"name"} for volume in template["spec"].get("volumes", [])}
        for name, kinds in volumes.items():
            if not kinds <= _VOLUMES:
                yield f"restricted: {name_of(thing)}: volume {name} is {', '.join(kinds)}"
        for container in containers(template):
            for mount in container.get("volumeMounts", []):
                if mount["name"] not in volumes:
                    yield f"reference: {name_of(thing)}: no volume {mount['name']}"


def _services(objects: list[Object]) -> Iterator[str]:
    for thing in (found for found in objects if found["kind"] == "Service"):
        pods = [template for _, template in templates(objects) if selects(thing["spec"]["selector"], template)]
        if not pods:
            yield f"reference: {name_of(thing)} selects no pod"
        for port in thing["spec"]["ports"]:
            if any(port.get("targetPort", port["port"]) not in ports(pod) for pod in pods):
                yield f"reference: {name_of(thing)}: its pods have no port {port.get('targetPort')}"


def _routes(objects: list[Object]) -> Iterator[str]:
    known = {thing["metadata"]["name"]: thing["spec"]["ports"] for thing in objects if thing["kind"] == "Service"}
    for thing in objects:
        for service, port in _backends(thing):
            if not any(port in {row.get("name"), row["port"]} for row in known.get(service, [])):
                yield f"reference: {name_of(thing)}: no Service {service} with port {port}"


def _backends(thing: Object) -> Iterator[tuple[str, object]]:
    if thing["kind"] == "HTTPRoute":
        yield from ((ref["name"], ref["port"]) for rule in thing["spec"]["rules"] for ref in rule["backendRefs"])
    if thing["kind"] == "Ingress":
        paths = (path for rule in thing["spec"]["rules"] for path in rule["http"]["paths"])
        services = (path["backend"]["service"] for path in paths)
        yield from ((service["name"], next(iter(service["port"].values()))) for service in services)


def _selected(objects: list[Object]) -> Iterator[str]:
    for thing in (found for found in objects if found["kind"] in {"PodDisruptionBudget", "NetworkPolicy"}):
        spec = thing["spec"]
        chosen = (spec.get("selector") or spec.get("podSelector") or {}).get("matchLabels", {})
        if not chosen.items() <= _OPERATED.items() and not any(selects(chosen, pod) for _, pod in templates(objects)):
            yield f"reference: {name_of(thing)} selects no pod"
        if {"minAvailable", "maxUnavailable"} <= set(spec):
            yield f"budget: {name_of(thing)}: minAvailable and maxUnavailable exclude each other"


def _scalers(objects: list[Object]) -> Iterator[str]:
    deployments = {thing["metadata"]["name"]: thing for thing in objects if thing["kind"] == "Deployment"}
    scaled: set[str] = set()
    for thing in (found for found in objects if found["kind"] in {"HorizontalPodAutoscaler", "ScaledObject"}):
        spec = thing["spec"]
        target = spec["scaleTargetRef"]["name"]
        least, most = spec.get("minReplicas", spec.get("minReplicaCount")), spec.get("maxReplicas")
        most = spec.get("maxReplicaCount") if most is None else most
        if target not in deployments:
            yield f"reference: {name_of(thing)}: no Deployment {target}"
        elif "replicas" in deployments[target]["spec"]:
            yield f"scaling: Deployment/{target} fixes the number that {name_of(thing)} decides"
        if target in scaled:
            yield f"scaling: two scalers of {target}"
        if not (least and most and 1 <= least <= most):
            yield f"scaling: {name_of(thing)}: from {least} to {most}"
        scaled.add(target)


def _triggers(objects: list[Object]) -> Iterator[str]:
    known = {thing["metadata"]["name"] for thing in objects if thing["kind"] == "TriggerAuthentication"}
    for thing in (found for found in objects if found["kind"] == "ScaledObject"):
        for trigger in thing["spec"]["triggers"]:
            asked = trigger.get("metadata", {})
            if trigger.get("authenticationRef", {}).get("name") not in known:
                yield f"reference: {name_of(thing)}: no such TriggerAuthentication"
            if asked.get("mode") != "QueueLength" or asked.get("excludeUnacknowledged") != "false":
                yield f"scaling: {name_of(thing)}: counts messages in another way than the others"
            service = thing["metadata"]["name"].removesuffix("-workers")
            if not str(asked.get("queueName", "")).partition("-")[2].startswith(service):
                yield f"scaling: {name_of(thing)} follows a queue of another service"


def _rights(objects: list[Object]) -> Iterator[str]:
    for thing, template in templates(objects):
        pod = template["spec"]
        common = pod.get("securityContext", {})
        if pod.get("automountServiceAccountToken") is not False:
            yield f"restricted: {name_of(thing)}: holds a token of the cluster's API"
        if any(pod.get(host) for host in ("hostNetwork", "hostPID", "hostIPC")):
            yield f"restricted: {name_of(thing)}: shares the host's namespaces"
        if common.get("runAsNonRoot") is not True or common.get("runAsUser", 0) == 0:
            yield f"restricted: {name_of(thing)}: may run as root"
        if common.get("seccompProfile", {}).get("type") != "RuntimeDefault":
            yield f"restricted: {name_of(thing)}: no seccomp profile"
        yield from (f"restricted: {name_of(thing)}: {found}" for c in containers(template) for found in _holes(c))


def _holes(container: Object) -> Iterator[str]:
    context = container.get("securityContext", {})
    if context.get("privileged") or context.get("allowPrivilegeEscalation") is not False:
        yield "may gain privileges"
    if context.get("capabilities", {}).get("drop") != ["ALL"]:
        yield "keeps capabilities"
    if context.get("readOnlyRootFilesystem") is not True:
        yield "may write to its root file system"
    for variable in container.get("env", []):
        hidden = variable["name"].endswith("_FILE") or "value" not in variable
        if not hidden and any(word in variable["name"] for word in _SECRET_WORDS):
            yield f"{variable['name']} has its value in the manifest"


def _running(objects: list[Object]) -> Iterator[str]:
    for thing, template in templates(objects):
        for container in containers(template):
            yield from (f"running: {name_of(thing)}: {found}" for found in _habits(thing, template, container))


def _habits(thing: Object, template: Object, container: Object) -> Iterator[str]:
    image = container["image"].rpartition("/")[2].partition(":")[2]
    if image in {"", "latest"}:
        yield f"{container['image']} names no version"
    resources = container.get("resources", {})
    for kind, what in (("requests", "cpu"), ("requests", "memory"), ("limits", "memory")):
        if what not in resources.get(kind, {}):
            yield f"no {kind} of {what}"
    names = [variable["name"] for variable in container.get("env", [])]
    if len(names) != len(set(names)):
        yield "a variable is set twice"
    for probe in _PROBES if thing["kind"] == "Deployment" else ():
        asked = container.get(probe, {})
        if len({"httpGet", "exec", "tcpSocket", "grpc"} & set(asked)) != 1:
            yield f"{probe} asks nothing, or twice"
        elif asked.get("httpGet", {}).get("port") not in ports(template):
            yield f"{probe}: no port {asked.get('httpGet', {}).get('port')}"


def _network(objects: list[Object]) -> Iterator[str]:
    policies = [thing for thing in objects if thing["kind"] == "NetworkPolicy"]
    if not any(thing["spec"]["podSelector"] == {} and "egress" not in thing["spec"] for thing in policies):
        yield "network: nothing is denied by default"
    for thing, template in templates(objects):
        name = {"app.kubernetes.io/name": labels(template).get("app.kubernetes.io/name", "")}
        if not any(policy["spec"]["podSelector"].get("matchLabels") == name for policy in policies):
            yield f"network: no policy of its own for {name_of(thing)}"


_RULES: tuple[Rule, ...] = (
    _unique,
    _selectors,
    _configuration,
    _volumes,
    _services,
    _routes,
    _selected,
    _scalers,
    _triggers,
    _rights,
    _running,
    _network,
)
