"""What ideas needs beside what every service needs."""

from pathlib import Path

from chassis.settings import Settings
from pydantic import SecretStr


class IdeasSettings(Settings):
    """Settings of the ideas service."""

    record_key: SecretStr
    """32 bytes in base64: the Ed25519 key that signs the head of each day. The same for all replicas."""
    files_dir: Path = Path("files")
    """The directory of attachments, the same for all replicas; not read where ``FILES_URL`` is given."""
    files_url: str = ""
    """An S3 bucket for attachments instead: ``https://server/bucket``, with a prefix after it if need be."""
    files_access_key: SecretStr = SecretStr("")
    """The name of the bucket's user."""
    files_secret_key: SecretStr = SecretStr("")
    """That user's secret."""
    files_region: str = "us-east-1"
    """The region of the bucket, as its server calls it."""
