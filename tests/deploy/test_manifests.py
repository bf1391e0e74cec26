"""Every overlay and every set of components renders into manifests that a cluster takes, and that fit each other."""

import copy
import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from chassis.parked import queues, worked_on
from chassis.testing.private_rabbitmq import BrokerUser
from decider_local import accounts, keys
from decider_local.layout import SERVICES, WORKERS
from ideas import manifest as ideas
from voting import manifest as voting

from tests.deploy import rules, schemas
from tests.deploy.rendered import TREE, Object, render

OVERLAYS = sorted(path.name for path in (TREE / "overlays").iterdir())
OPTIONAL = SERVICES[1:]
COMPONENTS = sorted(path.name for path in (TREE / "components").iterdir())
SETS = [chosen for size in range(len(OPTIONAL) + 1) for chosen in combinations(OPTIONAL, size)]


@pytest.fixture(scope="module")
def campaign() -> list[Object]:
    return render(TREE / "overlays" / "campaign")


def overlay_of(folder: Path, components: tuple[str, ...]) -> list[Object]:
    """What an operator writes for a set of his own."""
    base = Path("../" * (len(folder.resolve().parts) - 1)) / TREE.relative_to("/")
    images = [{"name": f"decider/{name}", "newTag": "1.2.3"} for name in ("gateway", *SERVICES)]
    text: dict[str, Any] = {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization"}
    text |= {"resources": [str(base / "base")], "images": images}
    text["components"] = [str(base / "components" / name) for name in components]
    (folder / "kustomization.yaml").write_text(yaml.safe_dump(text))
    return render(folder)


def shown_services(objects: list[Object]) -> set[str]:
    """The services that the gateway of these manifests is told of."""
    (told,) = [thing for thing in objects if thing["metadata"]["name"].startswith("decider-services-")]
    return {value for value in told["data"].values() if value}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_an_overlay_is_sound(overlay: str) -> None:
    objects = render(TREE / "overlays" / overlay)
    assert list(schemas.findings(objects)) == []
    assert rules.findings(objects) == []


@pytest.mark.parametrize("chosen", SETS, ids="+".join)
def test_any_set_of_services_is_sound_and_shows_only_itself(chosen: tuple[str, ...], tmp_path: Path) -> None:
    objects = overlay_of(tmp_path, chosen)
    assert list(schemas.findings(objects)) == []
    assert rules.findings(objects) == []
    deployed = {thing["metadata"]["name"] for thing in objects if thing["kind"] == "Deployment"}
    workers = {name for name, service in WORKERS.items() if service in chosen}
    assert deployed == {"gateway", "identity", *chosen, *workers}
    assert shown_services(objects) == set(chosen)


def test_every_component_is_in_an_overlay() -> None:
    used = {
        Path(component).name
        for overlay in OVERLAYS
        for component in yaml.safe_load((TREE / "overlays" / overlay / "kustomization.yaml").read_text())["components"]
    }
    assert used == set(COMPONENTS)


def test_custom_resources_are_checked_too(campaign: list[Object]) -> None:
    if not schemas.CRD_SCHEMAS.exists():
        pytest.skip(
            f"no schemas of custom resources: name their folder in CRD_SCHEMAS (not found: {schemas.CRD_SCHEMAS})"
        )
    assert schemas.unchecked(campaign) == []


def test_scalers_follow_queues_that_the_services_have(campaign: list[Object]) -> None:
    """A misspelt queue is empty for ever: the service would never grow."""
    known = {queue for service in (ideas, voting) for queue in queues(service.MANIFEST)}
    followed = {
        scaler["spec"]["scaleTargetRef"]["name"]: {one["metadata"]["queueName"] for one in scaler["spec"]["triggers"]}
        for scaler in campaign
        if scaler["kind"] == "ScaledObject"
    }
    assert followed["voting-workers"] == {f"batch-{call.route}" for call in worked_on(voting.MANIFEST)}
    assert set().union(*followed.values()) <= known


def test_the_operators_accounts_are_as_strict_as_ours(
    campaign: list[Object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "SECRETS", tmp_path)

    def rights(user: BrokerUser) -> dict[str, str]:
        return {"configure": user.configure, "write": user.write, "read": user.read}

    written = {
        thing["metadata"]["name"]: thing["spec"]["permissions"] for thing in campaign if thing["kind"] == "Permission"
    }
    assert written == {user.name: rights(user) for user in accounts.everybody()}


def get(objects: list[Object], kind: str, name: str = "") -> Any:
    return next(t for t in objects if t["kind"] == kind and t["metadata"]["name"].startswith(name))


def pod(objects: list[Object], name: str = "gateway") -> Any:
    return get(objects, "Deployment", name)["spec"]["template"]["spec"]


def container(objects: list[Object], name: str = "gateway") -> Any:
    return pod(objects, name)["containers"][0]


MISTAKES: dict[str, Callable[[list[Object]], object]] = {
    "a misspelt field": lambda d: container(d).update(readynessProbe=container(d).pop("readinessProbe")),
    "a number as text": lambda d: get(d, "Deployment", "ideas")["spec"].update(replicas="two"),
    "an API that is gone": lambda d: get(d, "HorizontalPodAutoscaler").update(apiVersion="autoscaling/v2beta2"),
    "a scaler of nothing": lambda d: get(d, "HorizontalPodAutoscaler")["spec"]["scaleTargetRef"].update(name="gatway"),
    "least above most": lambda d: get(d, "HorizontalPodAutoscaler")["spec"].update(minReplicas=20),
    "a scaler and a fixed number": lambda d: get(d, "Deployment", "voting")["spec"].update(replicas=2),
    "a budget with both limits": lambda d: get(d, "PodDisruptionBudget", "ideas")["spec"].update(minAvailable=1),
    "a budget of nothing": lambda d: get(d, "PodDisruptionBudget", "ideas")["spec"]["selector"].update(
        matchLabels={"app": "none"}
    ),
    "a selector that misses its pods": lambda d: get(d, "Deployment", "ideas")["spec"]["template"]["metadata"].update(
        labels={"app.kubernetes.io/name": "other"}
    ),
    "a service of nothing": lambda d: get(d, "Service")["spec"].update(selector={"app": "none"}),
    "a service of no port": lambda d: get(d, "Service")["spec"]["ports"][0].update(targetPort="web"),
    "a route to nothing": lambda d: get(d, "HTTPRoute")["spec"]["rules"][0]["backendRefs"][0].update(name="gw"),
    "a policy of nothing": lambda d: get(d, "NetworkPolicy", "ideas")["spec"]["podSelector"].update(
        matchLabels={"app": "none"}
    ),
    "a pod as root": lambda d: pod(d).update(securityContext={"runAsUser": 0}),
    "a privileged container": lambda d: container(d).update(securityContext={"privileged": True}),
    "a container without limits": lambda d: container(d).pop("resources"),
    "an image without version": lambda d: container(d).update(image="registry.example.org/decider/gateway:latest"),
    "a folder of the host": lambda d: pod(d)["volumes"].append({"name": "host", "hostPath": {"path": "/"}}),
    "a mount of no volume": lambda d: pod(d).update(volumes=[]),
    "settings from nowhere": lambda d: container(d)["envFrom"][0]["configMapRef"].update(name="nope"),
    "a key from nowhere": lambda d: container(d)["env"][2]["valueFrom"]["configMapKeyRef"].update(key="nope"),
    "a variable set twice": lambda d: container(d)["env"].append(dict(container(d)["env"][0])),
    "a variable that is a number": lambda d: container(d)["env"].append({"name": "PORT", "value": 8000}),
    "a secret in the manifest": lambda d: container(d)["env"].append({"name": "COOKIE_SECRET", "value": "x"}),
    "a probe of no port": lambda d: container(d)["livenessProbe"]["httpGet"].update(port="web"),
    "a probe with two questions": lambda d: container(d)["livenessProbe"].update(tcpSocket={"port": 8000}),
    "no default policy": lambda d: d.remove(get(d, "NetworkPolicy", "default-deny")),
    "a token of the cluster": lambda d: pod(d).pop("automountServiceAccountToken"),
    "a trigger without its key": lambda d: get(d, "ScaledObject")["spec"]["triggers"][0]["authenticationRef"].update(
        name="nope"
    ),
    "a trigger in a mode that is none": lambda d: get(d, "ScaledObject")["spec"]["triggers"][0]["metadata"].update(
        mode="QueueLenght"
    ),
    "a trigger on the wrong queue": lambda d: get(d, "ScaledObject", "ideas")["spec"]["triggers"][0]["metadata"].update(
        queueName="rpc-voting"
    ),
    "an object twice": lambda d: d.append(copy.deepcopy(get(d, "Service"))),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_checks_find_a_seeded_mistake(mistake: str, campaign: list[Object]) -> None:
    objects = copy.deepcopy(campaign)
    MISTAKES[mistake](objects)
    assert [*schemas.findings(objects), *rules.findings(objects)]


@pytest.mark.parametrize("service", SERVICES)
def test_each_secret_is_mounted_where_its_setting_looks(service: str, campaign: list[Object]) -> None:
    mounted = {
        f"{mount['mountPath']}/{item['key']}"
        for mount in container(campaign, service)["volumeMounts"]
        for volume in pod(campaign, service)["volumes"]
        if volume["name"] == mount["name"]
        for item in volume.get("secret", {}).get("items", [{"key": "jwks.json"}])
    }
    looked_for = {v["value"] for v in container(campaign, service)["env"] if re.search("_FILE$", v["name"])}
    assert looked_for <= mounted
