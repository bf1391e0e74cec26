"""The service in a process of its own, what it tells, and whoever asks it."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Queue as Channel
from threading import Event as Flag
from threading import Thread
from typing import Any

from chassis.client import Context, RpcClient
from chassis.events import event_exchange
from contracts import identity as contract
from kombu import Connection, Queue
from kombu.message import Message

from services.identity.tests.world import PASSWORD, ROOT

PATIENCE = 20


class Listener:
    """Hears what identity tells, as another service would."""

    def __init__(self, amqp_url: str) -> None:
        self._heard: Channel[tuple[str, dict[str, Any]]] = Channel()
        self._connection = Connection(amqp_url)
        queue = Queue("test-identity-listener", event_exchange("identity"), routing_key="#", exclusive=True)
        self._consumer = self._connection.Consumer([queue], callbacks=[self._hear], accept=["json"])
        self._stopping = Flag()
        self._consumer.consume()
        self._thread = Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._connection.drain_events(timeout=0.2)
            except TimeoutError:
                continue

    def _hear(self, body: dict[str, Any], message: Message) -> None:
        self._heard.put((message.delivery_info["routing_key"], body))
        message.ack()

    def next(self, event: Any, **expected: str) -> dict[str, Any]:
        """The next event of this kind with these fields; whatever else is heard meanwhile is passed over."""
        while True:
            topic, payload = self._heard.get(timeout=PATIENCE)
            if topic == event.topic and expected.items() <= payload.items():
                return payload

    def close(self) -> None:
        self._stopping.set()
        self._thread.join()
        self._connection.release()


@dataclass
class Suite:
    """A running service and what speaks with it."""

    client: RpcClient
    listener: Listener
    environment: dict[str, str]
    service_token: str

    def ask(self, call: Any, access: str | None = None, /, **request: Any) -> Any:
        """Ask the service."""
        context = Context(token=access)
        return self.client.call(call, call.request.model_validate(request), context=context, deadline=PATIENCE)

    def register(self, email: str) -> contract.Session:
        """From the form to the session, with the mail read as notifications would send it."""
        form = {"email": email, "password": PASSWORD, "display_name": "Camille", "language": "fr"}
        self.ask(contract.REGISTER, **form, accepts_terms=True)
        told = self.listener.next(contract.CONFIRMATION_REQUESTED)
        mail = self.ask(contract.CONTACT_FOR_DELIVERY, self.service_token, **told)
        assert mail.address == email
        self.ask(contract.CONFIRM, token=mail.secret)
        session: contract.Session = self.ask(contract.SIGN_IN, login=email, password=PASSWORD)
        return session

    def command(self, *arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        """Run a command of the service at the command line."""
        command = [sys.executable, "-m", "identity", *arguments]
        return subprocess.run(
            command, env=self.environment, cwd=ROOT, input=typed, capture_output=True, text=True, check=False
        )


@contextmanager
def running(environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "identity", "run"], env=environment, cwd=ROOT)
    try:
        yield
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()
