"""How gunicorn serves the gateway: on greenlets (ADR 0007), in as many processes as there are cores."""

import multiprocessing
import os

from chassis.collector import spare_what_is_loaded

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", str(multiprocessing.cpu_count())))
worker_connections = int(os.environ.get("WEB_CONNECTIONS", "1000"))
worker_class = "gevent"
keepalive = 15
timeout = 30
graceful_timeout = 20
reuse_port = True  # the kernel spreads connections over the processes: whoever wakes first does not take them all
max_requests = 0
control_socket_disable = True
limit_request_line = 8190
backlog = 2048
accesslog = None
loglevel = os.environ.get("LOG_LEVEL", "info").lower()


def post_worker_init(_worker: object) -> None:
    """The application is loaded: from here on, memory is what requests take."""
    spare_what_is_loaded()
