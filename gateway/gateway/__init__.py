"""The door of the suite: the REST API under ``/api/v1`` and the citizens' site, from the same typed calls.

It owns no data. It never imports nameko or eventlet: plain threads (gunicorn ``gthread``) and a thread-safe client.
"""
