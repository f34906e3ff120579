"""The mail of a small office on this machine: a server that takes letters, one from which they are read, and people.

`post` is the state, `smtp` and `imap` are its two doors, as strict as the standards, `person` is somebody who reads and
writes with one of several programs.
"""
