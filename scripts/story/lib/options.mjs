import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { fromRoot } from '../../lib/paths.mjs';
import { portalPorts, urlOf } from '../../lib/portalConfig.mjs';
import { Problem } from '../../lib/problem.mjs';

const USAGE = `Tells the story of the sample organisation to a running portal.

  node scripts/story.mjs [options]

  --base-url <url>   the backend (default: http://localhost:7007)
  --token <token>    default: FAWKES_STORY_TOKEN, else the development token in app-config.yaml
  --if-empty         do nothing when the story was told before
  --remove           take everything back that this story told
  --only <a,b>       these chapters (default: all there are)
  --until-counted    wait until what the catalog says is in the numbers, too
  --scale <factor>   how much the teams change and release (default: 1)
  --dry-run          send nothing; print the shapes as a table
  --by <what>        team or service: the lines of that table (default: team)
  --out <file>       with --dry-run: write the events there, one per line`;

/** The text of `--help`. */
export const usageOf = chapters =>
  `${USAGE}\n\nChapters: ${chapters.map(({ family }) => family).join(', ')}`;

/** Reads the command line, and says what is wrong with it. */
export function readOptions(args, chapters, env = process.env) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        'base-url': { type: 'string' },
        token: { type: 'string' },
        'if-empty': { type: 'boolean', default: false },
        remove: { type: 'boolean', default: false },
        only: { type: 'string' },
        'until-counted': { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        scale: { type: 'string', default: '1' },
        by: { type: 'string', default: 'team' },
        out: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new Problem(error.message, usageOf(chapters).split('\n'));
  }
  const scale = Number(values.scale);
  if (!(scale > 0 && scale <= 100)) {
    throw new Problem('--scale is a number above 0, at most 100.');
  }
  if (!['team', 'service'].includes(values.by)) {
    throw new Problem('--by is `team` or `service`.');
  }
  if (values.out && !values['dry-run']) {
    throw new Problem('--out belongs to --dry-run.');
  }
  return {
    baseUrl: baseUrl(values['base-url'] ?? urlOf(portalPorts(env).backend)),
    token: values.token ?? env.FAWKES_STORY_TOKEN ?? developmentToken(),
    ifEmpty: values['if-empty'],
    remove: values.remove,
    chapters: chosen(chapters, values.only),
    untilCounted: values['until-counted'],
    dryRun: values['dry-run'],
    help: values.help,
    by: values.by,
    out: values.out,
    scale,
  };
}

function chosen(chapters, only) {
  const names = only?.split(',') ?? chapters.map(({ family }) => family);
  const unknown = names.find(
    name => !chapters.some(({ family }) => family === name),
  );
  if (unknown !== undefined) {
    throw new Problem(`The story has no chapter \`${unknown}\`.`, [
      `It has: ${chapters.map(({ family }) => family).join(', ')}`,
    ]);
  }
  return chapters.filter(({ family }) => names.includes(family));
}

function baseUrl(text) {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new Problem(`--base-url ${text} is not an http(s) address.`);
  }
  return text.replace(/\/+$/, '');
}

/** The token the development configuration lets in, for the plugins that a story is told to. */
function developmentToken() {
  const config = parse(readFileSync(fromRoot('app-config.yaml'), 'utf8'));
  return config?.backend?.auth?.externalAccess?.find(
    access => access.options?.subject === 'fawkes-story',
  )?.options.token;
}
