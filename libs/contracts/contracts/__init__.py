"""What crosses the wire between the services, and nothing else.

Pydantic models at the borders only: a service translates them to and from its own domain. Inside a version a
contract only grows; the exported JSON Schemas under ``libs/contracts/schemas`` make a breaking change visible.
"""
