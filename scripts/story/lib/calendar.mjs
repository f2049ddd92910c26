export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const OPENS = 9;
const CLOSES = 17.5;

/** The working days of one time zone, with their hours as instants. */
export class WorkCalendar {
  #days = [];

  constructor(zone, { from, to, holidays }) {
    const off = new Set(holidays);
    const offsetAt = offsetReader(zone);
    for (let day = Math.floor(from / DAY) * DAY; day < to; day += DAY) {
      const date = new Date(day);
      const weekday = WEEKDAYS[date.getUTCDay()];
      const holiday = off.has(date.toISOString().slice(5, 10));
      if (weekday === 'sat' || weekday === 'sun' || holiday) continue;
      const midnight = day - offsetAt(day + DAY / 2);
      this.#days.push({
        weekday,
        midnight,
        week: Math.floor((day - from) / (7 * DAY)),
        opens: midnight + OPENS * HOUR,
        closes: midnight + CLOSES * HOUR,
      });
    }
  }

  /** Working days that begin at or after `from`. */
  daysFrom(from) {
    return this.#days.slice(this.#indexAt(from));
  }

  isOpen(at) {
    const day = this.#days[this.#indexAt(at)];
    return day !== undefined && at >= day.opens;
  }

  /** The earliest working moment at or after `at`. */
  next(at) {
    const day = this.#days[this.#indexAt(at)];
    return day ? Math.max(at, day.opens) : at;
  }

  /** Adds working hours: 4 hours from 16:00 end at 11:30 of the next working day. */
  add(at, hours) {
    let left = hours * HOUR;
    let now = at;
    for (let i = this.#indexAt(at); i < this.#days.length; i++) {
      const { opens, closes } = this.#days[i];
      now = Math.max(now, opens);
      if (now + left <= closes) return now + left;
      left -= closes - now;
    }
    return now + left;
  }

  /** The first of these weekdays, at this local time, at or after `at`. */
  departure(at, { days, hour, everyWeeks = 1, weekOffset = 0 }) {
    for (let i = this.#indexAt(at); i < this.#days.length; i++) {
      const day = this.#days[i];
      const leaves = day.midnight + hour * HOUR;
      if (
        leaves >= at &&
        days.includes(day.weekday) &&
        (day.week + weekOffset) % everyWeeks === 0
      ) {
        return leaves;
      }
    }
    return Infinity;
  }

  /** Index of the first working day that has not closed at `at`. */
  #indexAt(at) {
    let low = 0;
    let high = this.#days.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#days[middle].closes <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** How far a zone's clock is ahead of UTC at an instant, ms. */
function offsetReader(zone) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return at => {
    const part = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    );
    const local = Date.UTC(
      part.year,
      part.month - 1,
      part.day,
      part.hour,
      part.minute,
    );
    return local - at;
  };
}
