"""What consultations adds to the gateway."""

from gateway.modules import Module

MODULE = Module("consultations")
