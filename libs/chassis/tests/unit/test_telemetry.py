"""Logs never hold what people wrote: neither variables of a frame nor the details of a database's complaint."""

import json
import subprocess
import sys

PROGRAM = """
import structlog
from chassis import telemetry

telemetry.configure("sample")
log = structlog.get_logger()
def fails(password):
    raise ValueError("duplicate key\\nDETAIL: Failing row contains (Rosa, secret-in-row)")
try:
    fails("secret-in-variable")
except ValueError:
    log.exception("call_failed", call="sample.call")
"""


def test_a_traceback_holds_the_first_line_of_the_message_and_no_variable() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    logged = json.loads(done.stderr)

    assert (logged["event"], logged["level"], logged["service"]) == ("call_failed", "error", "sample")
    assert logged["exception"][0]["exc_value"] == "duplicate key"
    assert "secret-in" not in done.stderr
