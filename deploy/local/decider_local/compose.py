"""The secrets of docker-compose.yml: the same as those of the local suite, for servers called postgres and rabbitmq.

`make secrets` writes them under var/compose/secrets, a folder that only we may open. The files in it may be read by
whoever gets them mounted: the programs in the containers have user ids of their own. Run again, it keeps every
password and key.
"""

import json

from chassis.testing.private_rabbitmq import BrokerUser, definitions
from sqlalchemy.engine import URL

from decider_local import accounts, keys, settings
from decider_local.console import say
from decider_local.layout import GATEWAY, SECRETS, SERVICES, make_folders
from decider_local.settings import Addresses

OPERATOR = "operator"
DEFINITIONS = SECRETS / "rabbitmq-definitions.json"


def write_secrets() -> None:
    """Write every file that docker-compose.yml names as a secret."""
    make_folders()
    keys.make_identity_keys()
    where = addresses()
    for program in (*SERVICES, GATEWAY):
        settings.write_files(program, where)
    for service in SERVICES:
        settings.write_file(service, "OWNER_URL", settings.owner_url(service, where))
    keys.write(SECRETS / "postgres-url", where.postgres.render_as_string(hide_password=False))
    write_definitions()
    for path in SECRETS.iterdir():
        path.chmod(0o644)
    say(f"The secrets are in {SECRETS}. Keep a copy of them where you keep the backups' keys.")


def write_definitions() -> None:
    """The accounts of the broker, and its operator's; written anew, since a release may change the rights."""
    operator = BrokerUser(OPERATOR, keys.secret("rabbitmq-operator"), administrator=True)
    keys.write(DEFINITIONS, json.dumps(definitions([*accounts.everybody(), operator]), indent=2))


def addresses() -> Addresses:
    """The servers by the names that compose gives them."""
    password = keys.secret("postgres-superuser")
    postgres = URL.create("postgresql", "decider", password, host="postgres", port=5432, database="postgres")
    return Addresses("rabbitmq:5672", postgres)
