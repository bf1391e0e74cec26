"""Findings of JSON Schemas: Kubernetes' own (from the package kubernetes-validate), and those of custom resources.

The schemas of custom resources are no part of the repository: they are read from the folder CRD_SCHEMAS
(`<group>/<kind>_<version>.json`) where it is there.
"""

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate  # type: ignore[import-untyped]
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from tests.deploy.rendered import Object, name_of

VERSION = "1.34"
ROOT = Path(__file__).parents[2]
CRD_SCHEMAS = Path(os.environ.get("CRD_SCHEMAS", ROOT.parent / "shared" / "tools" / "k8s" / "crd-schemas"))
_CORE: Path = Path(str(kubernetes_validate.__file__)).parent / "kubernetes-json-schema" / f"v{VERSION}.0-local-strict"
_OWN_GROUPS = {"", "apps", "batch", "autoscaling", "policy"}


def findings(objects: list[Object]) -> Iterator[str]:
    """What the schemas do not allow, and objects that no schema knows."""
    for thing in objects:
        schema = _path(thing)
        if schema.exists():
            errors = _validator(schema).iter_errors(thing)
            yield from (f"schema: {name_of(thing)}: {'/'.join(map(str, e.path))}: {e.message}" for e in errors)
        elif not is_custom(thing):
            yield f"schema: {name_of(thing)}: Kubernetes {VERSION} knows no {thing['apiVersion']}"


def unchecked(objects: list[Object]) -> list[str]:
    """The custom resources for which there is no schema here."""
    return [name_of(thing) for thing in objects if is_custom(thing) and not _path(thing).exists()]


def is_custom(thing: Object) -> bool:
    """Whether Kubernetes itself does not know this kind of object."""
    group = thing["apiVersion"].rpartition("/")[0]
    return group not in _OWN_GROUPS and (not group.endswith(".k8s.io") or group == "gateway.networking.k8s.io")


def _path(thing: Object) -> Path:
    group, _, version = str(thing["apiVersion"]).rpartition("/")
    kind = thing["kind"].lower()
    if is_custom(thing):
        return CRD_SCHEMAS / group / f"{kind}_{version}.json"
    family = f"{group.split('.')[0]}-" if group else ""
    return _CORE / f"{kind}-{family}{version}.json"


@cache
def _validator(path: Path) -> jsonschema.Draft7Validator:
    schema = json.loads(path.read_text())
    return jsonschema.Draft7Validator(schema, registry=_definitions() if path.is_relative_to(_CORE) else Registry())


@cache
def _definitions() -> "Registry[Any]":
    content = json.loads((_CORE / "_definitions.json").read_text())
    found = Resource.from_contents(content, default_specification=DRAFT7)
    named = {"_definitions.json": found, content.get("$id", "_definitions.json"): found}
    return Registry().with_resources(named.items())
