"""The figures for Prometheus, read from the database at each scrape; docs/operations.md says what each means."""

import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from app import health
from app.health import Health
from app.wiring import Service
from plan.status import State
from store import gauges
from store.types import DeliveryState, EvidenceState, InboxState

# The metrics of one office, as they were read.
Families = tuple[Metric, ...]


def text(service: Service) -> bytes:
    """The metrics in Prometheus' text format; raises what the database raises when it does not answer."""
    registry = CollectorRegistry()
    registry.register(Figures(service))
    return generate_latest(registry)


def text_of_all(offices: Mapping[str, Families], up: Mapping[str, bool]) -> bytes:
    """The metrics of several offices, each sample with its office's name; and which of them are `up`."""
    registry = CollectorRegistry()
    registry.register(Together(offices, up))
    return generate_latest(registry)


@dataclass(frozen=True, eq=False)
class Together(Collector):
    """The same metrics of several offices as one each."""

    offices: Mapping[str, Families]
    up: Mapping[str, bool]

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand, as of one."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Every metric once, with the samples of all."""
        yield _by(
            "nhacviec_office_up", "1 when an office is well", "office", {n: int(is_up) for n, is_up in self.up.items()}
        )
        found: dict[str, Metric] = {}
        for office, families in self.offices.items():
            for each in families:
                whole = found.setdefault(each.name, Metric(each.name, each.documentation, each.type))
                whole.samples += [
                    sample._replace(labels={"office": office, **sample.labels}) for sample in each.samples
                ]
        yield from found.values()


@dataclass(frozen=True, eq=False)
class Figures(Collector):
    """What the library asks for at a scrape."""

    service: Service

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: the names would cost a look into the database."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Every metric, from one look."""
        found = health.look(self.service, self.service.clock())
        with self.service.store.look() as session:
            states = {
                "deliveries": ("Messages by state", gauges.deliveries(session), DeliveryState),
                "inbox": ("Updates by state", gauges.inbox(session), InboxState),
                "evidence": ("Files by state", gauges.evidence(session), EvidenceState),
                "obligations": ("Obligations by state", gauges.obligations(session), State),
            }
            figures = {
                "deliveries_doubted": ("Messages that were ever in doubt", gauges.doubted(session)),
                "people_unreachable": ("People whose chat takes nothing any more", gauges.unreachable(session)),
                "database_bytes": ("Size of the database, evidence included", gauges.size(session)),
            }
        yield from _ages(found)
        yield GaugeMetricFamily("nhacviec_healthy", "1 when /healthz says 200", value=0 if found.faults() else 1)
        for name, (words, counts, known) in states.items():
            yield _by(f"nhacviec_{name}", words, "state", {str(each): counts.get(str(each), 0) for each in known})
        for name, (words, value) in figures.items():
            yield GaugeMetricFamily(f"nhacviec_{name}", words, value=value)
        built = {"version": version("nhacviec"), "schema": found.revision, "python": platform.python_version()}
        yield InfoMetricFamily("nhacviec_build", "The program and the schema", built)


def _ages(found: Health) -> Iterator[Metric]:
    ages = {name: found.age(beat) for name, beat in found.beats.items()}
    known = {name: age for name, age in ages.items() if age is not None}
    yield _by("nhacviec_beat_age_seconds", "Since the last sign of life", "process", known)
    unsent = found.age(found.unsent_since) or 0.0
    yield GaugeMetricFamily("nhacviec_oldest_unsent_seconds", "Wait of the oldest message that could leave", unsent)
    since = GaugeMetricFamily("nhacviec_last_update_age_seconds", "Since the last update came in")
    if (age := found.age(found.received_at)) is not None:
        since.add_metric([], age)
    yield since


def _by(name: str, words: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, words, labels=[label])
    for value, figure in values.items():
        family.add_metric([value], figure)
    return family
