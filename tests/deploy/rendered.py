"""Kubernetes manifests as kustomize renders them, and small questions about them."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

Object = dict[str, Any]
TREE = Path(__file__).parents[2] / "deploy" / "k8s"
INSTALL = "kubectl (1.24 or newer, https://kubernetes.io/docs/tasks/tools) or kustomize (5 or newer) is not installed"
_TEMPLATES = {"Deployment", "StatefulSet", "DaemonSet", "Job"}


def render(folder: Path) -> list[Object]:
    """The objects of an overlay; the test is left, saying what to install, where nothing renders them."""
    done = subprocess.run([*_renderer(), str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [found for found in yaml.safe_load_all(done.stdout) if found]


def _renderer() -> list[str]:
    if kubectl := shutil.which("kubectl"):
        return [kubectl, "kustomize"]
    if kustomize := shutil.which("kustomize"):
        return [kustomize, "build"]
    pytest.skip(INSTALL)


def name_of(thing: Object) -> str:
    """`Deployment/gateway`."""
    return f"{thing['kind']}/{thing['metadata']['name']}"


def templates(objects: list[Object]) -> Iterator[tuple[Object, Object]]:
    """Each object that makes pods, with the pod's template."""
    return ((thing, thing["spec"]["template"]) for thing in objects if thing["kind"] in _TEMPLATES)


def containers(template: Object) -> list[Object]:
    """All containers of a pod."""
    spec = template["spec"]
    return [*spec.get("initContainers", []), *spec["containers"]]


def labels(template: Object) -> dict[str, str]:
    """The labels of a pod."""
    found: dict[str, str] = template.get("metadata", {}).get("labels", {})
    return found


def selects(selector: dict[str, str], template: Object) -> bool:
    """Whether a selector of labels finds the pod."""
    return selector.items() <= labels(template).items()


def ports(template: Object) -> set[str | int]:
    """The numbers and names under which a pod's ports are known."""
    rows = [port for container in containers(template) for port in container.get("ports", [])]
    return {row["containerPort"] for row in rows} | {row["name"] for row in rows if "name" in row}
