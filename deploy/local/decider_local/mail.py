"""A mail catcher: takes every mail of the local suite by SMTP and shows it on a page, instead of sending it.

`python -m decider_local.mail --smtp PORT --page PORT --folder DIR`, on loopback unless `--host` says otherwise.
`GET /` lists the mails, `GET /mails/<id>` shows one, `GET /mails.json?to=<address>` is for programs.
"""

import argparse
import email
import json
import re
import time
from email.message import EmailMessage
from email.policy import default
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_KEPT = 500
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #ccc}"
    "pre{white-space:pre-wrap;background:#f5f5f5;padding:1rem}"
)
_LINK = re.compile(r"https?://[^\s<>\"]+")


class Mailbox:
    """The mails in a folder, one file each, the newest `_KEPT` of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, content: bytes) -> None:
        """Keep a mail; it is there when this returns."""
        (self._folder / f"{time.time_ns()}.eml").write_bytes(content)
        for old in self.identifiers()[_KEPT:]:
            (self._folder / f"{old}.eml").unlink(missing_ok=True)

    def identifiers(self) -> list[str]:
        """Newest first."""
        return sorted((path.stem for path in self._folder.glob("*.eml")), reverse=True)

    def get(self, identifier: str) -> EmailMessage | None:
        """One mail; None when there is none of that name."""
        path = self._folder / f"{identifier}.eml"
        if not identifier.isdigit() or not path.exists():
            return None
        return email.message_from_bytes(path.read_bytes(), policy=default)

    def sent_to(self, address: str) -> list[dict[str, str]]:
        """The mails for an address (for all, if empty), newest first, with their text."""
        found = ((name, self.get(name)) for name in self.identifiers())
        return [_summary(name, mail) for name, mail in found if mail is not None and address in str(mail["To"])]


def _summary(identifier: str, mail: EmailMessage) -> dict[str, str]:
    return {"id": identifier, "to": str(mail["To"]), "subject": str(mail["Subject"]), "text": text_of(mail)}


def text_of(mail: EmailMessage) -> str:
    """What a reader of plain mails sees."""
    part = mail.get_body(("plain", "html"))
    return str(part.get_content()) if part is not None else ""


class Receiver:
    """Takes mails for anybody."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail, then say so."""
        content = envelope.content
        self._mailbox.add(content if isinstance(content, bytes) else str(content).encode())
        return "250 Kept"


def page(title: str, body: str) -> bytes:
    """A whole page."""
    head = f"<!doctype html><html lang=fr><meta charset=utf-8><title>{escape(title)}</title><style>{_STYLE}</style>"
    return f"{head}<h1>{escape(title)}</h1>{body}</html>".encode()


def list_page(mailbox: Mailbox) -> bytes:
    """The mails, newest first."""
    cell = '<tr><td><a href="/mails/{id}">{subject}</a><td>{to}</tr>'
    rows = (cell.format(**{k: escape(v) for k, v in mail.items()}) for mail in mailbox.sent_to(""))
    table = "<table><tr><th>Objet<th>Destinataire</tr>" + "".join(rows) + "</table>"
    return page("Courriels retenus", "<p>Aucun n’a été envoyé. Actualisez la page pour voir les suivants.</p>" + table)


def mail_page(mail: EmailMessage) -> bytes:
    """One mail, its links to be followed."""
    text = _LINK.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', escape(text_of(mail), quote=False))
    head = "".join(f"<br>{name} : {escape(str(mail[name] or '—'))}" for name in ("From", "To", "Date"))
    return page(str(mail["Subject"]), f'<p><a href="/">Tous les courriels</a>{head}</p><pre>{text}</pre>')


def handler(mailbox: Mailbox) -> type[BaseHTTPRequestHandler]:
    """The page's doors."""

    class Doors(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if address.path == "/":
                self._answer(list_page(mailbox))
            elif address.path == "/mails.json":
                to = parse_qs(address.query).get("to", [""])[0]
                self._answer(json.dumps(mailbox.sent_to(to)).encode(), "application/json")
            elif mail := mailbox.get(address.path.removeprefix("/mails/")):
                self._answer(mail_page(mail))
            else:
                self.send_error(404)

        def _answer(self, body: bytes, kind: str = "text/html; charset=utf-8") -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing: addresses would be in it."""

    return Doors


def main() -> None:
    """Take mails and show them until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m decider_local.mail")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--smtp", type=int, required=True)
    parser.add_argument("--page", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    mailbox = Mailbox(options.folder)
    Controller(Receiver(mailbox), hostname=options.host, port=options.smtp).start()
    ThreadingHTTPServer((options.host, options.page), handler(mailbox)).serve_forever()


if __name__ == "__main__":
    main()
