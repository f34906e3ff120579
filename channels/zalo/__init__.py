"""Zalo's Bot Platform: its updates, messages, errors, photos and webhook; `channel` is the way in.

Only the platform's own bots: nothing here logs in as a person. Groups are not served: what is said in one is nothing.
"""
