// A year of deployments, changes and incidents, told as events to the delivery plugin.
import { Problem } from '../../lib/problem.mjs';
import { formatSeconds, thousands } from '../../lib/say.mjs';
import { untilMapped } from '../../lib/untilMapped.mjs';
import { DAY } from '../lib/calendar.mjs';
import { sendEvents } from '../lib/send.mjs';
import { readShapes } from './shapes.mjs';
import { countTypes, formatTable, shapesTable } from './table.mjs';
import { tellStory } from './tell.mjs';
import { untilProcessed } from './untilProcessed.mjs';

const PLUGIN = 'delivery';
/** Somebody of the sample organisation who may read its catalog and the intake. */
const READER = 'user:default/lena.hofmann';

const secondsSince = begun => formatSeconds((performance.now() - begun) / 1000);

export async function reasonToKeepQuiet(portal) {
  const { items } = await portal.of(PLUGIN).get('/sources');
  const source = items.find(({ id }) => id === readShapes().source);
  if (source?.received > 0) {
    return 'The deliveries of the sample story are told already';
  }
  return source?.removedAt
    ? 'The deliveries of the sample story were removed; npm run story tells them again'
    : undefined;
}

export async function tell(portal, line, { scale }) {
  const api = portal.of(PLUGIN);
  const events = tellStory(readShapes(), { today: Date.now(), scale });
  const begun = performance.now();
  const told = await sendEvents(api, '/events', events, line);
  await untilProcessed(api, line);
  if (told.rejected > 0) {
    throw new Problem(
      `The portal rejected ${thousands(told.rejected)} of ${thousands(
        events.length,
      )} events:`,
      told.rejections,
    );
  }
  const again = told.duplicate
    ? `, ${thousands(told.duplicate)} of them known before`
    : '';
  return `The deliveries of the sample story are told: ${thousands(
    events.length,
  )} events${again}, sent in ${formatSeconds(
    told.seconds,
  )}, in the numbers after ${secondsSince(begun)}`;
}

/** The story's own token may not read the catalog, so somebody of the organisation asks. */
export async function untilCounted(portal, line) {
  const api = (await portal.as(READER)).of(PLUGIN);
  const known = await untilMapped(
    path => {
      line.show('The catalog is being read');
      return api.get(path);
    },
    { withinMs: 90_000 },
  );
  await untilProcessed(api, line);
  return known
    ? undefined
    : 'The catalog does not know all services of the story.';
}

export async function takeBack(portal, line) {
  const api = portal.of(PLUGIN);
  const begun = performance.now();
  const source = encodeURIComponent(readShapes().source);
  await api.delete(`/sources/${source}/facts`);
  await untilProcessed(api, line);
  return `The deliveries of the sample story are removed (${secondsSince(
    begun,
  )})`;
}

export function rehearse({ today, scale, by }) {
  const story = readShapes();
  const events = tellStory(story, { today, scale });
  const end = Math.floor(today / DAY) * DAY;
  const counts = [...countTypes(events), ['in all', events.length]];
  const text = [
    formatTable(shapesTable(story, events, { end, by })),
    '',
    ...counts.map(
      ([what, count]) => `${thousands(count).padStart(8)}  ${what}`,
    ),
  ].join('\n');
  return { text, events };
}
