import { DAY, WorkCalendar } from '../lib/calendar.mjs';
import { sha1 } from '../lib/random.mjs';

/** The people of each team, as keyed hashes, and the hours they work. */
export function gatherCrews(story, year) {
  const calendars = new Map();
  const calendarOf = zone => {
    if (!calendars.has(zone)) {
      // Work that begins in the year may end after it.
      const range = { from: year.begin, to: year.end + 120 * DAY };
      calendars.set(
        zone,
        new WorkCalendar(zone, { ...range, holidays: story.holidays }),
      );
    }
    return calendars.get(zone);
  };
  return new Map(
    Object.entries(story.teams).map(([team, { zones, people }]) => {
      const calendarsOfTeam = zones.map(calendarOf);
      return [
        team,
        {
          calendars: calendarsOfTeam,
          bot: hash(story, 'dependency-bot'),
          people: Array.from({ length: people }, (_, i) => ({
            hash: hash(story, `${team}/${i}`),
            calendar: calendarsOfTeam[i % calendarsOfTeam.length],
          })),
        },
      ];
    }),
  );
}

const hash = (story, name) => sha1(`${story.seed}/person/${name}`);
