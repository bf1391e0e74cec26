"""What ideas adds to the gateway: dossiers and their discussion, and the desk's queues."""

from gateway.api.ideas import API
from gateway.modules import Module

MODULE = Module("ideas", api=API)
