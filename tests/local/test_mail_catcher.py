"""The mail catcher keeps what is sent, shows it safely, and says so to programs."""

import json
import smtplib
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from chassis.testing.ports import LOOPBACK, free_ports
from decider_local.mail import Mailbox, Receiver, handler


@pytest.fixture
def catcher(tmp_path: Path) -> Iterator[tuple[int, str]]:
    mailbox = Mailbox(tmp_path)
    smtp, page = free_ports(2)
    receiver = Controller(Receiver(mailbox), hostname=LOOPBACK, port=smtp)
    receiver.start()
    with ThreadingHTTPServer((LOOPBACK, page), handler(mailbox)) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.05,))
        serving.start()
        yield smtp, f"http://{LOOPBACK}:{page}"
        server.shutdown()
        serving.join()
    receiver.stop()


def send(port: int, to: str, subject: str, text: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ne-pas-repondre@example.org", to, subject
    mail.set_content(text)
    with smtplib.SMTP(LOOPBACK, port) as connection:
        connection.send_message(mail)


def read(address: str) -> str:
    with urllib.request.urlopen(address) as response:
        return str(response.read().decode())


def test_a_mail_sent_is_listed_and_shown_with_its_links(catcher: tuple[int, str]) -> None:
    port, site = catcher
    send(port, "camille@example.org", "Confirmez votre adresse", "Suivez http://127.0.0.1/confirm?token=a&b=1 vite")
    (mail,) = json.loads(read(f"{site}/mails.json?to=camille@example.org"))
    assert mail["subject"] == "Confirmez votre adresse"
    assert f'href="/mails/{mail["id"]}"' in read(site)
    assert '<a href="http://127.0.0.1/confirm?token=a&amp;b=1">' in read(f"{site}/mails/{mail['id']}")


def test_mails_are_found_by_recipient_newest_first(catcher: tuple[int, str]) -> None:
    port, site = catcher
    for number in range(3):
        send(port, "camille@example.org", f"Numéro {number}", "…")
    send(port, "autre@example.org", "Pas pour elle", "…")
    found = json.loads(read(f"{site}/mails.json?to=camille@example.org"))
    assert [mail["subject"] for mail in found] == ["Numéro 2", "Numéro 1", "Numéro 0"]


def test_a_hostile_mail_is_shown_as_text(catcher: tuple[int, str]) -> None:
    port, site = catcher
    send(port, "camille@example.org", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>")
    (mail,) = json.loads(read(f"{site}/mails.json"))
    shown = read(site) + read(f"{site}/mails/{mail['id']}")
    assert "<script" not in shown
    assert "<img" not in shown


def test_an_unknown_mail_is_not_found(catcher: tuple[int, str]) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404") as caught:
        read(f"{catcher[1]}/mails/../state")
    caught.value.close()
