"""The main job on real input: published data of real cities goes through the public API, as any client's would.

``make demo DATA=<folder>``. Nothing of the data is kept in the repository; rows that do not fit are refused with their
file, line and reason, and the rest goes on.
"""
