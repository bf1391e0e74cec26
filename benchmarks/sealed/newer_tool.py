"""Fetch a belenios-tool that knows Ed25519 (2.1 or later) where the system's is older.

Debian 13's package and the libraries it needs are downloaded with apt from the mirror this machine already uses,
unpacked into var/belenios-tool, and run from there with their own loader: nothing is installed.
"""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "var" / "belenios-tool"
PROGRAM = PLACE / "belenios-tool"
SUITE = "trixie"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
LAUNCHER = """#!/bin/sh
root={root}
exec $root/usr/lib64/ld-linux-x86-64.so.2 --library-path $root/usr/lib/x86_64-linux-gnu $root/usr/bin/belenios-tool "$@"
"""


def newer_tool() -> Path:
    """Return a program that runs the newer tool, fetching it once; CalledProcessError where apt cannot."""
    if not PROGRAM.exists():
        _download()
        root = PLACE / "root"
        for package in sorted((PLACE / "cache" / "archives").glob("*.deb")):
            subprocess.run(["dpkg", "-x", package, root], check=True)
        PROGRAM.write_text(LAUNCHER.format(root=root))
        PROGRAM.chmod(0o755)
    return PROGRAM


def _download() -> None:
    """Run apt with lists, state and cache of its own, as if nothing were installed."""
    for folder in ("lists/partial", "state", "cache/archives/partial"):
        (PLACE / folder).mkdir(parents=True, exist_ok=True)
    (PLACE / "status").touch()
    (PLACE / "debian.sources").write_text(
        f"Types: deb\nURIs: {_mirror()}\nSuites: {SUITE}\nComponents: main\nSigned-By: {KEYRING}\n"
    )
    settings = {
        "Dir::Etc::sourcelist": PLACE / "debian.sources",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State": PLACE / "state",
        "Dir::State::Lists": PLACE / "lists",
        "Dir::State::status": PLACE / "status",
        "Dir::Cache": PLACE / "cache",
    }
    options = [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]
    install = ["install", "-y", "--no-install-recommends", "--download-only", "belenios-tool"]
    for command in (["update"], install):
        subprocess.run(["apt-get", "-q", *options, *command], check=True, capture_output=True)


def _mirror() -> str:
    """The address of the Debian mirror in this machine's own configuration."""
    for path in sorted(Path("/etc/apt").rglob("*.sources")):
        for line in path.read_text().splitlines():
            if line.startswith("URIs:") and "debian" in line:
                return line.split()[1]
    raise LookupError("no Debian mirror is configured: set BELENIOS_TOOL to a belenios-tool that knows Ed25519")


if __name__ == "__main__":
    print(newer_tool())
