// npm run story: tells the story of the sample organisation to a running portal, one chapter a family.
//   npm run story                     all of it
//   npm run story -- --dry-run        nothing is sent; the shapes as a table
//   npm run story:remove              takes all of it back
import { writeFileSync } from 'node:fs';
import { main } from './lib/lifecycle.mjs';
import { findChapters } from './story/lib/chapters.mjs';
import { readOptions, usageOf } from './story/lib/options.mjs';
import { Portal } from './story/lib/portal.mjs';
import { ProgressLine } from './story/lib/progressLine.mjs';

function rehearse({ chapters, scale, by, out }) {
  const all = [];
  for (const chapter of chapters) {
    const { text, events } = chapter.rehearse({ today: Date.now(), scale, by });
    console.log(text);
    all.push(...events);
  }
  if (!out) return;
  writeFileSync(out, all.map(event => `${JSON.stringify(event)}\n`).join(''));
  console.log(`Written to ${out}`);
}

/** Numbers that are not final yet are told and not fatal: the story is there. */
async function untilCounted(chapter, portal, line) {
  try {
    return await chapter.untilCounted?.(portal, line);
  } catch (error) {
    return `The numbers may still change for a minute: ${error.message}`;
  }
}

async function tell(portal, line, options) {
  for (const chapter of options.chapters) {
    const quiet = options.ifEmpty && (await chapter.reasonToKeepQuiet(portal));
    const result = quiet || (await chapter.tell(portal, line, options));
    if (options.untilCounted) {
      line.end(await untilCounted(chapter, portal, line));
    }
    line.end(result);
  }
}

/** What builds on other chapters goes before them. */
async function takeBack(portal, line, { chapters }) {
  for (const chapter of [...chapters].reverse()) {
    line.end(await chapter.takeBack(portal, line));
  }
}

await main(async () => {
  const chapters = await findChapters();
  const options = readOptions(process.argv.slice(2), chapters);
  if (options.help) {
    console.log(usageOf(chapters));
    return;
  }
  if (options.dryRun) {
    rehearse(options);
    return;
  }
  const portal = new Portal(options);
  const line = new ProgressLine();
  try {
    await (options.remove ? takeBack : tell)(portal, line, options);
  } finally {
    line.end();
  }
});
