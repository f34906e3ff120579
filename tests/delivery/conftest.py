"""The tests of delivery run on each kind of database: what they prove stands on its claims."""

from tests.databases import on_each_kind as databases

__all__ = ["databases"]
