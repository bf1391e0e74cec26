"""The connection to the mail server: TLS, certificates, accounts."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from chassis.testing.ports import LOOPBACK, free_ports
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from notifications.domain.delivery import Verdict
from notifications.mailer import Envelope, MailSession, SmtpServer

from services.notifications.tests.post_office import PostOffice, only_camille, open_post_office


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for the loopback address, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test mail server")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(LOOPBACK))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    encoding, none = serialization.Encoding.PEM, serialization.NoEncryption()
    pem = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, none) + built.public_bytes(encoding)
    path.write_bytes(pem)
    return path


@pytest.fixture
def secured(certificate: Path) -> Iterator[PostOffice]:
    """A mail server that asks for STARTTLS and an account."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    options = {"require_starttls": True, "auth_required": True, "authenticator": only_camille}
    with open_post_office(context, **options) as office:
        yield office


def try_to_send(server: SmtpServer) -> Verdict:
    message = EmailMessage()
    message["Subject"] = "A test"
    message.set_content("Hello.")
    session = MailSession(server)
    try:
        return session.send(Envelope("from@example.org", "to@example.org", message), lambda: None).verdict
    finally:
        session.close()


def test_starttls_with_an_account(secured: PostOffice, certificate: Path) -> None:
    server = SmtpServer(LOOPBACK, secured.port, "starttls", "decider", "right", 5, str(certificate))
    assert try_to_send(server) is Verdict.ACCEPTED
    assert len(secured.mails) == 1


@pytest.mark.parametrize("password", ["wrong", ""])
def test_a_wrong_password_costs_no_mail_an_attempt(secured: PostOffice, certificate: Path, password: str) -> None:
    server = SmtpServer(LOOPBACK, secured.port, "starttls", "decider", password, 5, str(certificate))
    assert try_to_send(server) is Verdict.UNREACHABLE


def test_a_certificate_that_nobody_vouches_for_is_refused(secured: PostOffice) -> None:
    server = SmtpServer(LOOPBACK, secured.port, "starttls", "decider", "right", 5)
    assert try_to_send(server) is Verdict.UNREACHABLE
    assert secured.mails == []


def test_a_server_that_speaks_no_tls_is_refused() -> None:
    with open_post_office() as office:
        assert try_to_send(SmtpServer(LOOPBACK, office.port, "starttls", timeout=5)) is Verdict.UNREACHABLE
        assert office.mails == []


def test_nobody_there() -> None:
    (port,) = free_ports(1)
    assert try_to_send(SmtpServer(LOOPBACK, port, "none", timeout=2)) is Verdict.UNREACHABLE


def test_an_address_beyond_ascii_is_refused_where_the_server_does_not_know_how() -> None:
    message = EmailMessage()
    message.set_content("Hello.")
    with open_post_office(enable_SMTPUTF8=False) as office:
        session = MailSession(office.server)
        answer = session.send(Envelope("from@example.org", "é@example.org", message), lambda: None)
        session.close()
    assert (answer.verdict, answer.status) == (Verdict.REFUSED, "5.6.7")


def test_the_password_is_not_shown() -> None:
    assert "hunter2" not in repr(SmtpServer(LOOPBACK, 25, "none", "decider", "hunter2"))
