"""The WSGI entry of gunicorn: ``gunicorn -c gateway/gunicorn.conf.py gateway.wsgi:app``."""

from gateway.app import create_app
from gateway.calls import PerProcess
from gateway.logs import configure
from gateway.settings import GatewaySettings

settings = GatewaySettings()
configure(settings.log_level)
app = create_app(settings, PerProcess(settings.amqp_url))
