"""A store in a bucket of any server that speaks S3."""

from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlsplit

import certifi
import urllib3
from minio import Minio
from minio.error import MinioException

from ideas.files.store import Kept, digest_of

TIMEOUT = urllib3.Timeout(connect=3, read=10)


class Bucket:
    """A store in a bucket that exists; ``prefix`` keeps it apart from what else is there."""

    def __init__(self, client: Minio, bucket: str, prefix: str) -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = prefix

    def _name(self, digest: str) -> str:
        return f"{self._prefix}{digest[:2]}/{digest}"

    def put(self, content: bytes) -> str:
        """See :class:`~ideas.files.store.Store`."""
        digest = digest_of(content)
        try:
            self._client.put_object(self._bucket, self._name(digest), BytesIO(content), len(content))
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            raise OSError("the bucket did not take the file") from error
        return digest

    def read(self, digest: str, start: int, length: int) -> bytes:
        """See :class:`~ideas.files.store.Store`."""
        try:
            found = self._client.get_object(self._bucket, self._name(digest), offset=start, length=length)
            try:
                return found.read()
            finally:
                found.close()
                found.release_conn()
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            raise OSError("the bucket did not give the file") from error

    def delete(self, digest: str) -> None:
        """See :class:`~ideas.files.store.Store`."""
        try:
            self._client.remove_object(self._bucket, self._name(digest))
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            raise OSError("the bucket did not remove the file") from error

    def list(self) -> Iterator[Kept]:
        """See :class:`~ideas.files.store.Store`."""
        try:
            for found in self._client.list_objects(self._bucket, prefix=self._prefix, recursive=True):
                if found.object_name and found.last_modified:
                    yield Kept(found.object_name.rpartition("/")[2], found.last_modified)
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            raise OSError("the bucket did not list its files") from error


def connect(address: str, access_key: str, secret_key: str, region: str) -> Bucket:
    """The store at ``https://server/bucket/prefix``. Raises ``ValueError`` for an address without a bucket."""
    parts = urlsplit(address)
    bucket, _, prefix = parts.path.strip("/").partition("/")
    if parts.scheme not in {"http", "https"} or not parts.netloc or not bucket:
        raise ValueError("FILES_URL is https://server/bucket, with a prefix after it if need be")
    client = Minio(
        parts.netloc,
        access_key=access_key,
        secret_key=secret_key,
        secure=parts.scheme == "https",
        region=region,
        http_client=urllib3.PoolManager(
            timeout=TIMEOUT, retries=urllib3.Retry(2, backoff_factor=0.2), ca_certs=certifi.where()
        ),
    )
    return Bucket(client, bucket, f"{prefix}/" if prefix else "")
