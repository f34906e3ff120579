"""Mail, out by SMTP and in by IMAP: letters, their outcomes, what comes back and from whom; `channel` is the way in.

Nothing in the mailbox is changed: it is opened to be read only, and what was read last is remembered here.
"""
