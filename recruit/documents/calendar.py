"""Calendar files (RFC 5545): events in, text out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def calendar_text(product: str, events: Sequence[Event], zone: ZoneInfo | None = None) -> str:
    """The events as the text of an .ics file. With `zone` its offsets come with them: for events that have a time of
    the day. `product` names what made the file."""
    calendar = Calendar()
    calendar.add("prodid", product)
    calendar.add("version", "2.0")
    if zone is not None:
        moments = [event.decoded("dtstart") for event in events] or [datetime.now(UTC)]
        calendar.add_component(_time_zone(zone, min(moments), max(moments)))
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical().decode()


def _time_zone(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """The zone's offsets from the year of one moment to that of another."""
    component = Timezone()
    component.add("tzid", zone.key)
    begin, end = datetime(first.year, 1, 1, tzinfo=UTC), datetime(last.year + 1, 1, 1, tzinfo=UTC)
    for moment in [begin, *_changes(zone, begin, end)]:
        before, after = (moment - HOUR).astimezone(zone), moment.astimezone(zone)
        observance = TimezoneDaylight() if after.dst() else TimezoneStandard()
        # RFC 5545, section 3.6.5: the local time at which it begins, by the offset that it takes over from.
        observance.add("dtstart", (moment + (before.utcoffset() or timedelta())).replace(tzinfo=None))
        observance.add("tzoffsetfrom", before.utcoffset())
        observance.add("tzoffsetto", after.utcoffset())
        observance.add("tzname", after.tzname())
        component.add_component(observance)
    return component


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The hours at which the clocks are changed."""
    while begin < end:
        if begin.astimezone(zone).utcoffset() != (begin + DAY).astimezone(zone).utcoffset():
            hours = [begin + HOUR * hour for hour in range(1, 25)]
            yield next(
                at for at in hours if at.astimezone(zone).utcoffset() != (at - HOUR).astimezone(zone).utcoffset()
            )
        begin += DAY
