"""What identity needs to run, beside what every service needs."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

from chassis.settings import Settings
from pydantic import Field, SecretStr

from identity.security.passwords import Cost

OWASP_MEMORY_KIB = 19_456


class IdentitySettings(Settings):
    """Keys, the price of a password hash, and how long tokens live."""

    signing_keys_file: Path
    """The private keys (JWKS) of access tokens; the first signs. Made by ``python -m identity.keys``."""
    index_key: SecretStr
    """32 bytes in base64: fingerprints of logins and persons, proofs of refresh tokens. Never changed."""
    sealing_keys: SecretStr
    """Keys of 32 bytes in base64, one per line: the first seals personal data, all open it."""
    argon2_memory_kib: Annotated[int, Field(ge=64)] = 65_536
    """Memory of one password hash. OWASP's minimum is 19456; less is for demonstrations and tests only."""
    argon2_passes: Annotated[int, Field(ge=1)] = 3
    """Passes of one password hash (OWASP's minimum: 2)."""
    argon2_lanes: Annotated[int, Field(ge=1)] = 1
    """Parallel lanes of one password hash."""
    access_token_seconds: Annotated[int, Field(ge=60, le=3600)] = 600
    """How long an access token is valid; a role that was taken back ends with it at the latest."""
    session_idle_days: Annotated[int, Field(ge=1)] = 30
    """A session that is not used for so long ends."""
    session_days: Annotated[int, Field(ge=1)] = 180
    """A session ends after so long at the latest."""
    refresh_grace_seconds: Annotated[int, Field(ge=0, le=60)] = 20
    """How long a replaced refresh token still gives its successor (two tabs, a lost answer)."""

    @property
    def password_cost(self) -> Cost:
        """What one password hash costs."""
        return Cost(self.argon2_memory_kib, self.argon2_passes, self.argon2_lanes)

    @property
    def session_idle(self) -> timedelta:
        """A session that is not used for so long ends."""
        return timedelta(days=self.session_idle_days)

    @property
    def session_length(self) -> timedelta:
        """A session ends after so long."""
        return timedelta(days=self.session_days)

    @property
    def refresh_grace(self) -> timedelta:
        """How long a replaced refresh token still gives its successor."""
        return timedelta(seconds=self.refresh_grace_seconds)
