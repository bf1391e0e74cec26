"""What the tests of the suite (and `make up`) need around it: private servers and pytest fixtures.

Nothing here imports nameko or eventlet, so a test process stays free of green threads.
"""
