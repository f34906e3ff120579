"""The store's tests run on each kind of database."""

from tests.databases import on_each_kind as databases

__all__ = ["databases"]
