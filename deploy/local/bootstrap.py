"""First step of `make`: gives a bare machine what the suite runs on. Standard library only.

`bootstrap.py run` for `make up`, `test` for what checks it, `tools` for what needs no servers. Installs Debian's
packages when they are missing and we are root, else says which command to type; makes `.venv` from the pinned, hashed
requirement files. Does nothing, quickly, when all is there.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = {
    "tools": ("runtime", "local"),
    "run": ("runtime", "local", "belenios"),
    "test": ("runtime", "local", "belenios", "dev"),
}
SOURCES = (
    "libs/contracts",
    "libs/chassis",
    "libs/belenios",
    "services/identity",
    "services/ideas",
    "services/voting",
    "services/consultations",
    "services/notifications",
    "gateway",
    "deploy/local",
)
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 18
POLICY = Path("/usr/sbin/policy-rc.d")


def main() -> int:
    """Prepare for the purpose named on the command line."""
    purpose = sys.argv[1]
    if sys.version_info < OLDEST_PYTHON:
        return fail("Python 3.11 or newer is needed: make PYTHON=python3.11 …")
    missing = missing_packages(purpose)
    if missing and not install_packages(missing):
        command = "apt-get install -y --no-install-recommends " + " ".join(missing)
        return fail(f"Some programs are missing. As root, type:\n\n    {command}\n\nthen this command again.")
    return make_environment(purpose)


def fail(message: str) -> int:
    """Say why it stops here."""
    sys.stderr.write(message + "\n")
    return 1


def missing_packages(purpose: str) -> list[str]:
    """The Debian packages that have to be installed, none when everything is there."""
    needed = {
        "python3-venv": PYTHON.exists() or find_spec("ensurepip") is not None,
    }
    if purpose != "tools":
        given = () if purpose == "test" else tuple(os.environ)  # tests stop and kill servers: they start their own
        needed |= {
            "rabbitmq-server": "AMQP_URL" in given or Path("/usr/lib/rabbitmq/bin/rabbitmq-server").exists(),
            "postgresql": "POSTGRES_URL" in given or any(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
            "nodejs": has_node(),
            "npm": shutil.which("npm") is not None,
        }
    if purpose == "test":
        needed["chromium"] = shutil.which("chromium") is not None
        needed["belenios-tool"] = shutil.which("belenios-tool") is not None
    return [package for package, present in needed.items() if not present]


def has_node() -> bool:
    """Whether a Node.js that builds the site's scripts is there."""
    program = shutil.which("node")
    if program is None:
        return False
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return int(version.strip().lstrip("v").partition(".")[0]) >= OLDEST_NODE


def install_packages(packages: list[str]) -> bool:
    """Install with apt as root, without starting the packages' own services; False when that is not ours to do."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    say(f"Installing {', '.join(packages)} (about a minute) …")
    ours = not POLICY.exists()
    if ours:
        POLICY.write_text("#!/bin/sh\nexit 101\n")
        POLICY.chmod(0o755)
    try:
        return apt("update") and apt("install", "-y", "--no-install-recommends", *packages)
    finally:
        if ours:
            POLICY.unlink()


def apt(*arguments: str) -> bool:
    """Whether apt-get did it; its words are shown only when it did not."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["apt-get", "-q", *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
    return done.returncode == 0


def make_environment(purpose: str) -> int:
    """The virtual environment with exactly the pinned packages, and our own folders on its path."""
    stamp = VENV / f".installed-{purpose}-{fingerprint(purpose)}"
    if not works():
        say("Making the virtual environment …")
        venv.create(VENV, clear=True, with_pip=True)
    if not stamp.exists():
        say("Installing the pinned Python packages (about a minute) …")
        files = [part for name in REQUIREMENTS[purpose] for part in ("-r", f"requirements/{name}.txt")]
        pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", *files]
        if subprocess.run(pip, cwd=ROOT, check=False).returncode:
            return fail("The Python packages could not be installed; see above.")
        write_path()
        build_helper()
        stamp.touch()
    return 0


def fingerprint(purpose: str) -> str:
    """Changes when the requirement files do."""
    digest = hashlib.sha256()
    for name in REQUIREMENTS[purpose]:
        digest.update((ROOT / "requirements" / f"{name}.txt").read_bytes())
    return digest.hexdigest()[:16]


def works() -> bool:
    """Whether the virtual environment's Python runs, with pip."""
    try:
        return subprocess.run([PYTHON, "-c", "import pip"], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def write_path() -> None:
    """Our packages are imported from their folders."""
    (packages,) = (VENV / "lib").glob("python3.*/site-packages")
    (packages / "decider_dev.pth").write_text("".join(f"{ROOT / source}\n" for source in SOURCES))


def build_helper() -> None:
    """The native helper of libs/belenios where there is a C compiler; without it sealed votes are only slower."""
    build = [str(PYTHON), "setup.py", "-q", "build_ext", "--inplace"]
    subprocess.run(build, cwd=ROOT / "libs" / "belenios", check=False, capture_output=True)


def say(text: str) -> None:
    """Progress, at once."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
