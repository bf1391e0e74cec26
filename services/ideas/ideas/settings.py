"""What ideas needs beside what every service needs."""

from chassis.settings import Settings
from pydantic import SecretStr


class IdeasSettings(Settings):
    """Settings of the ideas service."""

    record_key: SecretStr
    """32 bytes in base64: the Ed25519 key that signs the head of each day. The same for all replicas."""
