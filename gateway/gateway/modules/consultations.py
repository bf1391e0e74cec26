"""What consultations adds to the gateway."""

from gateway.api.consultations import API
from gateway.modules import Module

MODULE = Module("consultations", api=API)
