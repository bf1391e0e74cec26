"""Runs a service's containers in one process until SIGTERM, which finishes and answers the work at hand."""

from typing import Any

import kombu.pools
from nameko.runners import ServiceRunner

from chassis import runtime, wire  # noqa: F401 -- wire replaces the codec when it is imported
from chassis.collector import spare_what_is_loaded
from chassis.doors import RESOURCES
from chassis.health import application
from chassis.manifest import Manifest
from chassis.settings import Settings


def configuration(manifest: Manifest, settings: Settings) -> dict[str, Any]:
    """What nameko and our entrypoints read."""
    return {
        "AMQP_URI": settings.amqp_url,
        "HEARTBEAT": 20,
        "max_workers": settings.max_workers,
        "serializer": "json",
        "SERVICE": manifest.name,
        "SERVICES": settings.services,
        "RETRY_SECONDS": settings.retry_seconds,
        RESOURCES: manifest.bootstrap(settings),
    }


def run(manifest: Manifest, settings: Settings, only: str | None) -> None:
    """Answer, listen and work until told to stop."""
    kombu.pools.set_limit(settings.max_workers * 4)
    runner = ServiceRunner(configuration(manifest, settings))
    for container in manifest.containers(only):
        runner.add_service(container)
    if settings.health_port:
        runtime.serve_http(settings.health_host, settings.health_port, application(runner.containers))
    spare_what_is_loaded()
    runtime.run_until_stopped(runner)
