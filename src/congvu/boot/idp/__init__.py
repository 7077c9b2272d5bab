"""The demo's identity provider: a stand-in for VNeID with invented citizens.

Its own process, port, settings and database; the program talks to it over HTTP alone. It cannot be imported
outside a demo on this machine's own address (``settings`` refuses).
"""
