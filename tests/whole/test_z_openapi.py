"""schemathesis on the running suite: what the OpenAPI document promises is what the API does.

Late in the folder: it ends, hides and cancels whatever it finds.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.whole.conftest import Suite

pytestmark = pytest.mark.timeout(900)
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
EXAMPLES = {"nobody": "3", "demonstration@example.org": "6"}
"""How many requests for each operation; most of nobody's end at the door."""
IMPORTS = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


@pytest.mark.parametrize("who", EXAMPLES)
def test_the_api_keeps_what_its_description_promises(suite: Suite, who: str, tmp_path: Path) -> None:
    headers = [] if who == "nobody" else ["--header", f"Authorization: Bearer {suite.as_(who).token}"]
    program = Path(sys.executable).parent / "schemathesis"
    done = subprocess.run(
        [
            str(program),
            "run",
            f"{suite.site}/api/v1/openapi.json",
            *("--checks", CHECKS, "--max-examples", EXAMPLES[who], "--phases", "examples,fuzzing", "--seed", "1"),
            *("--exclude-path-regex", "erasure|/me/sessions", "--no-color", "--warnings", "off"),
            *headers,
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=os.environ | {"PYTHONWARNINGS": "ignore", "SCHEMATHESIS_HOOKS": "tests.whole.from_unlimited", **IMPORTS},
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
