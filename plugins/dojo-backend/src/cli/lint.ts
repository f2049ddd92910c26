import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  lintCurriculum,
  lockWith,
  type Finding,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import { countOf } from '@fawkes/kit-contract';
import { readFolder } from '../content/fileSource';

/** What a command said, and how it ended. */
export interface Ended {
  code: number;
  text: string;
}

const USAGE =
  'yarn dojo lint <folder> [--published <folder>] [--format text|json] [--immutable]\n';

/**
 * `yarn dojo lint`: looks through a curriculum, and writes new ids into its lock
 * unless --immutable refuses them. 0 without an error, 1 with one, 2 for a call
 * that makes no sense.
 */
export async function lint(args: readonly string[]): Promise<Ended> {
  const parsed = read(args);
  if (!parsed) return { code: 2, text: USAGE };
  const { folder, published, format, immutable } = parsed;
  const files = await readFolder(folder);
  const { findings, curriculum, publishable } = lintCurriculum(files, {
    published:
      published === undefined ? undefined : await readFolder(published),
    immutable,
    now: Date.now(),
  });
  if (publishable && !immutable) {
    const lock = lockWith(curriculum);
    if (files.get('ids.lock') !== lock)
      await writeFile(join(folder, 'ids.lock'), lock);
  }
  const text =
    format === 'json'
      ? `${JSON.stringify(findings, null, 2)}\n`
      : asText(findings);
  return { code: publishable ? 0 : 1, text };
}

function read(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        published: { type: 'string' },
        format: { type: 'string', default: 'text' },
        immutable: { type: 'boolean', default: false },
      },
    });
    const { format, ...rest } = values;
    const known = format === 'text' || format === 'json';
    return positionals.length === 1 && known
      ? { ...rest, format, folder: positionals[0] }
      : undefined;
  } catch {
    return undefined;
  }
}

function asText(findings: readonly Finding[]): string {
  const lines = findings.map(
    ({ rule, severity, path, line, message }) =>
      `${path}:${line} ${severity} ${rule}: ${message}`,
  );
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const sum =
    findings.length === 0
      ? 'Nothing found.'
      : `${countOf(errors, 'error')}, ${countOf(
          findings.length - errors,
          'warning',
        )}.`;
  return `${[...lines, sum].join('\n')}\n`;
}
