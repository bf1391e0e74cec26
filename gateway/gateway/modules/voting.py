"""What voting adds to the gateway: elections, ballots, results."""

from gateway.api.voting import API
from gateway.modules import Module

MODULE = Module("voting", api=API)
