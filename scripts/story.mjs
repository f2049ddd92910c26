// npm run story: tells the year of the sample organisation to a running portal.
//   npm run story                     all of it
//   npm run story -- --dry-run        nothing is sent; the shapes as a table
//   npm run story:remove              takes all of it back
import { writeFileSync } from 'node:fs';
import { main } from './lib/lifecycle.mjs';
import { Problem } from './lib/problem.mjs';
import { formatSeconds } from './lib/say.mjs';
import { DAY } from './story/calendar.mjs';
import { readOptions, USAGE } from './story/options.mjs';
import { Portal } from './story/portal.mjs';
import { ProgressLine } from './story/progressLine.mjs';
import { sendEvents, thousands, untilProcessed } from './story/send.mjs';
import { readShapes } from './story/shapes.mjs';
import { countTypes, formatTable, shapesTable } from './story/table.mjs';
import { tellStory } from './story/tell.mjs';

function rehearse(story, { scale, by, out }) {
  const today = Date.now();
  const events = tellStory(story, { today, scale });
  const end = Math.floor(today / DAY) * DAY;
  console.log(formatTable(shapesTable(story, events, { end, by })));
  console.log('');
  for (const [what, count] of countTypes(events)) {
    console.log(`${thousands(count).padStart(8)}  ${what}`);
  }
  console.log(`${thousands(events.length).padStart(8)}  in all`);
  if (!out) return;
  writeFileSync(out, events.map(e => `${JSON.stringify(e)}\n`).join(''));
  console.log(`Written to ${out}`);
}

/** Why the story need not be told to a portal that has seen it before; undefined when it has not. */
async function reasonToKeepQuiet(portal, story) {
  const { items } = await portal.get('/sources');
  const source = items.find(({ id }) => id === story.source);
  if (source?.received > 0) return 'sample story already told';
  return source?.removedAt
    ? 'the sample story was removed; npm run story tells it again'
    : undefined;
}

async function takeBack(portal, story, line) {
  const begun = performance.now();
  await portal.delete(`/sources/${encodeURIComponent(story.source)}/facts`);
  await untilProcessed(portal, line);
  line.end(
    `The sample story is removed (${formatSeconds(
      (performance.now() - begun) / 1000,
    )})`,
  );
}

async function tell(portal, story, line, { scale }) {
  const events = tellStory(story, { today: Date.now(), scale });
  const begun = performance.now();
  const told = await sendEvents(portal, events, line);
  await untilProcessed(portal, line);
  line.end();
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
  const all = formatSeconds((performance.now() - begun) / 1000);
  line.end(
    `The sample story is told: ${thousands(
      events.length,
    )} events${again}, sent in ${formatSeconds(
      told.seconds,
    )}, in the numbers after ${all}`,
  );
}

await main(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const story = readShapes();
  if (options.dryRun) {
    rehearse(story, options);
    return;
  }
  const portal = new Portal(options);
  const line = new ProgressLine();
  if (options.remove) {
    await takeBack(portal, story, line);
    return;
  }
  const quiet = options.ifEmpty && (await reasonToKeepQuiet(portal, story));
  if (quiet) console.log(quiet);
  else await tell(portal, story, line, options);
});
