"""The pace of a channel as the limits that all processes share."""

from collections.abc import Mapping

from channels.abilities import Pace
from channels.base import Channel
from store.rates import UNLIMITED, Limit, Rates


def rates_of(pace: Pace) -> Rates:
    """The limits that keep to a pace."""
    return Rates(
        overall=Limit(pace.overall_s, pace.overall_burst),
        chat=Limit(pace.chat_s, pace.chat_burst),
        group=Limit(pace.group_s, pace.group_burst),
    )


def rates_for(channels: Mapping[str, Channel], *, limited: bool) -> Mapping[str, Rates]:
    """The limits of each channel by its name; none of them where they are not `limited`, to measure."""
    return {name: rates_of(each.abilities.pace) if limited else UNLIMITED for name, each in channels.items()}
