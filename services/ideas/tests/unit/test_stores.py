"""Both places for bytes keep the same promise: a directory, and a bucket of a real server that speaks S3."""

import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from ideas.files.bucket import connect
from ideas.files.store import Directory, Store, digest_of
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

CONTENT = b"some bytes of a picture " * 5000


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """A server with a bucket."""
    server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    address = f"http://127.0.0.1:{server.server_port}/decider/suite"
    bucket = connect(address, "key", "secret", "us-east-1")
    bucket._client.make_bucket("decider")
    yield address
    server.shutdown()
    running.join()


@pytest.fixture(params=["directory", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "directory":
        return Directory(tmp_path)
    return connect(request.getfixturevalue("s3"), "key", "secret", "us-east-1")


def test_what_was_put_is_read_in_parts_and_listed_until_it_is_deleted(store: Store) -> None:
    digest = store.put(CONTENT)
    assert digest == digest_of(CONTENT) == store.put(CONTENT)
    assert store.read(digest, 0, 100) == CONTENT[:100]
    assert store.read(digest, len(CONTENT) - 10, 100) == CONTENT[-10:]
    (kept,) = store.list()
    assert kept.digest == digest
    assert abs(datetime.now(UTC) - kept.kept_at) < timedelta(minutes=1)
    store.delete(digest)
    store.delete(digest)
    assert not list(store.list())
    with pytest.raises(OSError):  # noqa: PT011 -- whatever the store calls it
        store.read(digest, 0, 1)


def test_putting_again_renews_so_that_no_sweep_takes_it(tmp_path: Path) -> None:
    store = Directory(tmp_path)
    digest = store.put(CONTENT)
    os.utime(tmp_path / digest[:2] / digest, (0, 0))
    store.put(CONTENT)
    (kept,) = store.list()
    assert kept.kept_at.year > 1970


def test_what_a_dying_process_left_is_listed_and_can_be_deleted(tmp_path: Path) -> None:
    digest = digest_of(CONTENT)
    (tmp_path / digest[:2]).mkdir()
    (tmp_path / digest[:2] / f"{digest}x7k2").write_bytes(CONTENT[:100])
    store = Directory(tmp_path)
    (left,) = store.list()
    store.delete(left.digest)
    assert not list(store.list())


def test_a_server_that_is_not_there_is_an_os_error() -> None:
    gone = connect("http://127.0.0.1:1/decider", "key", "secret", "us-east-1")
    with pytest.raises(OSError, match="bucket"):
        gone.put(CONTENT)
    with pytest.raises(OSError, match="bucket"):
        gone.read(digest_of(CONTENT), 0, 1)
    with pytest.raises(OSError, match="bucket"):
        list(gone.list())


@pytest.mark.parametrize("address", ["s3://bucket", "https://server", "https://server/", "bucket"])
def test_an_address_without_server_or_bucket_is_refused_at_the_start(address: str) -> None:
    with pytest.raises(ValueError, match="FILES_URL"):
        connect(address, "", "", "us-east-1")
