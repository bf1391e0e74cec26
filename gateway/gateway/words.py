"""Dates, numbers and amounts as people say them: "ferme dans 12 jours, le 4 décembre"."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from gettext import NullTranslations
from zoneinfo import ZoneInfo

from babel import dates, numbers, units

from gateway.i18n import translations

LONGEST_IN_HOURS = 72
GRAINS = ((2 * 86_400, 3600), (2 * 3600, 60))
"""From so many seconds on, what happened within so many others is said to be as long ago."""
REMEMBERED = 4096
"""A page says hundreds of numbers and days, and mostly the same: each is made once."""
MEGABYTE = 1_000_000
KILOMETRE = 1_000


@lru_cache(maxsize=REMEMBERED)
def _number(value: float | Decimal, language: str) -> str:
    return numbers.format_decimal(value, locale=language).replace("\u202f", "\u00a0")


@lru_cache(maxsize=REMEMBERED)
def _day(value: date, pattern: str, language: str) -> str:
    return dates.format_date(value, pattern, locale=language)


@lru_cache(maxsize=REMEMBERED)
def _ago(seconds: int, language: str) -> str:
    return dates.format_timedelta(timedelta(seconds=seconds), add_direction=True, threshold=0.99, locale=language)


def sentence(text: str) -> str:
    """The text as a sentence begins: a capital first, the others (``Tuesday 1 December``) as they are."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Words:
    """Says values in one language and one time zone."""

    language: str
    zone: ZoneInfo

    @property
    def _messages(self) -> NullTranslations:
        return translations(self.language)

    def number(self, value: float | Decimal) -> str:
        """``1 204`` or ``1,204``. The space is the wide one that does not break: our heading type has no narrow one."""
        return _number(value, self.language)

    def percent(self, share: float) -> str:
        """A share between 0 and 1, with one decimal: ``76,7 %``."""
        space = "\u00a0" if self.language == "fr" else ""
        return f"{self.number(round(share * 100, 1))}{space}%"

    def size(self, octets: int) -> str:
        """The size of a file: ``12 ko``, ``3,4 Mo``."""
        value, unit = float(max(1, round(octets / 1000))), "digital-kilobyte"
        if octets >= MEGABYTE:
            value, unit = round(octets / MEGABYTE, 1), "digital-megabyte"
        return units.format_unit(value, unit, "short", locale=self.language).replace("\u202f", "\u00a0")

    def distance(self, metres: int) -> str:
        """How far, to fifty metres below a kilometre: ``350 m``, ``1,2 km``."""
        near = metres < KILOMETRE - 25
        value, unit = (
            (round(metres / 50) * 50, "length-meter") if near else (round(metres / 1000, 1), "length-kilometer")
        )
        return units.format_unit(value, unit, "short", locale=self.language).replace("\u202f", "\u00a0")

    def money(self, amount: float | Decimal, currency: str = "EUR") -> str:
        """An amount without cents: ``1 200 000 €``."""
        pattern = "#,##0\u00a0¤" if self.language == "fr" else "¤#,##0"
        return numbers.format_currency(amount, currency, format=pattern, locale=self.language, currency_digits=False)

    def local(self, moment: datetime) -> datetime:
        """The moment on the territory's clocks."""
        return moment.astimezone(self.zone)

    def day(self, value: date | datetime, *, today: date | None = None) -> str:
        """``4 décembre``, with the year when it is not this one; with the year always if ``today`` is not given."""
        value = self._as_date(value)
        pattern = "d MMMM" if today is not None and value.year == today.year else "d MMMM y"
        text = _day(value, pattern, self.language)
        return "1er" + text[1:] if self.language == "fr" and value.day == 1 else text

    def iso_day(self, text: str) -> str:
        """A day written ``2026-09-17``."""
        return self.day(date.fromisoformat(text))

    def weekday(self, value: date | datetime) -> str:
        """``jeudi 17 septembre 2026``."""
        value = self._as_date(value)
        return f"{dates.format_date(value, 'EEEE', locale=self.language)} {self.day(value)}"

    def moment(self, value: datetime) -> str:
        """``21 avril 2026, 9 h 12``."""
        return f"{self.day(value)}, {self.time(value)}"

    def time(self, value: datetime) -> str:
        """``9 h 12`` or ``9:12 AM``."""
        local = self.local(value)
        if self.language == "fr":
            return f"{local.hour}\u00a0h\u00a0{local.minute:02d}" if local.minute else f"{local.hour}\u00a0h"
        return dates.format_time(local, "h:mm a", locale=self.language)

    def ago(self, value: datetime, now: datetime) -> str:
        """``il y a 3 jours``."""
        seconds = int((value - now).total_seconds())
        grain = next((grain for least, grain in GRAINS if abs(seconds) >= least), 1)
        return _ago(int(seconds / grain) * grain, self.language)

    def span(self, length: timedelta) -> str:
        """``26 heures``, ``97 jours``: hours up to three days, then days; never months, which differ in length."""
        hours = round(length.total_seconds() / 3600)
        if hours <= LONGEST_IN_HOURS:
            return self._messages.ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": self.number(hours)}
        days = round(hours / 24)
        return self._messages.ngettext("%(n)s day", "%(n)s days", days) % {"n": self.number(days)}

    def days_left(self, until: date | datetime, today: date) -> int:
        """Whole days until then, never negative."""
        return max(0, (self._as_date(until) - today).days)

    def deadline(self, until: date | datetime, today: date) -> str:
        """``dans 12 jours, le 4 décembre``, ``aujourd'hui``, ``demain``, or ``le 4 décembre`` once passed."""
        days = (self._as_date(until) - today).days
        say = self._messages
        if days < 0:
            return say.gettext("on %(day)s") % {"day": self.day(until, today=today)}
        if days == 0:
            return say.gettext("today")
        if days == 1:
            return say.gettext("tomorrow")
        text = say.ngettext("in %(n)s day, on %(day)s", "in %(n)s days, on %(day)s", days)
        return text % {"n": self.number(days), "day": self.day(until, today=today)}

    def _as_date(self, value: date | datetime) -> date:
        return self.local(value).date() if isinstance(value, datetime) else value
