"""What notifications adds to the gateway."""

from gateway.modules import Module

MODULE = Module("notifications")
