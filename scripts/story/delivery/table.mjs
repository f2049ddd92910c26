import { DAY } from '../lib/calendar.mjs';
import { measure } from './measure.mjs';

const QUARTERS = 4;

/**
 * The shapes of the story as a table: one line for each team (or service) and
 * quarter of the story.
 *
 * @param by - `team` or `service`
 */
export function shapesTable(story, events, { end, by = 'team' }) {
  const begin = end - story.days * DAY;
  const quarterOf = at =>
    Math.floor(((at - begin) / (story.days * DAY)) * QUARTERS);
  const groups = new Map();
  for (const row of measure(story, events)) {
    const key = row[by];
    if (!groups.has(key)) {
      groups.set(
        key,
        Array.from({ length: QUARTERS }, () => []),
      );
    }
    groups.get(key)[quarterOf(row.at)].push(row);
  }
  return [...groups].flatMap(([group, quarters]) =>
    quarters.map((rows, index) => ({
      [by]: group,
      quarter: index + 1,
      ...summary(rows),
    })),
  );
}

function summary(rows) {
  const successes = rows.filter(row => row.event.status === 'success');
  const lead = rows.flatMap(row => row.leadHours);
  const failed = rows.filter(row => row.failed);
  const recovery = failed.flatMap(row => row.recovery ?? []);
  const share = part => (rows.length > 0 ? part.length / rows.length : null);
  return {
    deployments: successes.length,
    changes: lead.length,
    leadHoursP50: percentile(lead, 0.5),
    leadHoursP90: percentile(lead, 0.9),
    failRate: share(failed),
    reworkRate: share(rows.filter(row => row.rework)),
    recoveryHoursP50: percentile(recovery, 0.5),
  };
}

function percentile(values, p) {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = p * (sorted.length - 1);
  const low = Math.floor(rank);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (rank - low);
}

const COLUMNS = {
  quarter: ['quarter', value => `Q${value}`],
  deployments: ['deploys', String],
  changes: ['changes', String],
  leadHoursP50: ['lead p50', duration],
  leadHoursP90: ['lead p90', duration],
  failRate: ['fail rate', percent],
  reworkRate: ['rework', percent],
  recoveryHoursP50: ['recovery p50', duration],
};

/** The table as aligned text. */
export function formatTable(rows) {
  if (rows.length === 0) return 'No deployments.';
  const group = Object.keys(rows[0])[0];
  const lines = [
    [group, ...Object.values(COLUMNS).map(([title]) => title)],
    ...rows.map(row => [
      row[group],
      ...Object.entries(COLUMNS).map(([key, [, format]]) =>
        row[key] === null ? 'N/A' : format(row[key]),
      ),
    ]),
  ];
  const widths = lines[0].map((_, i) =>
    Math.max(...lines.map(line => line[i].length)),
  );
  return lines
    .map(line =>
      line
        .map((cell, i) =>
          i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]),
        )
        .join('  '),
    )
    .join('\n');
}

/** How many events of each type there are. */
export function countTypes(events) {
  const counts = new Map();
  for (const { type, kind, environment } of events) {
    const name = { deployment: environment, change: kind }[type] ?? type;
    const title = type === 'deployment' ? `deployment to ${name}` : name;
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}

function duration(hours) {
  if (hours < 1) return `${Math.round(hours * 60)} min`;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} d`;
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`;
}
