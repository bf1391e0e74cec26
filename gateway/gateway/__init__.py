"""The door of the suite: the REST API under ``/api/v1`` and the citizens' site, from the same typed calls.

It owns no data. It never imports nameko or eventlet: plain code and a thread-safe client, which gunicorn runs on
greenlets (ADR 0007).
"""
