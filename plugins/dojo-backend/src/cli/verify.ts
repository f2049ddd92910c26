import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { verifyBundle, type Bundle } from '../certificates/bundle';
import type { Ended } from './lint';

const USAGE =
  'yarn dojo verify <bundle.json> --issuer <id of the issuer> --key <multikey of the issuer>…\n';

/**
 * `yarn dojo verify`: verifies the bundle of a certificate without any portal or
 * network. 0 for a valid one, 1 for every other verdict, 2 for a call that makes no
 * sense.
 */
export async function verify(args: readonly string[]): Promise<Ended> {
  const called = read(args);
  if (!called) return { code: 2, text: USAGE };
  const { file, issuer, key } = called;
  const bundle: Bundle = JSON.parse(await readFile(file, 'utf8'));
  const { verdict, steps } = await verifyBundle(bundle, {
    issuer,
    multikeys: key,
    now: Date.now(),
  });
  const lines = steps.map(
    ({ step, outcome, code }) =>
      `${step}: ${outcome}${code ? ` (${code})` : ''}`,
  );
  return {
    code: verdict === 'valid' ? 0 : 1,
    text: `${[...lines, verdict].join('\n')}\n`,
  };
}

function read(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        issuer: { type: 'string' },
        key: { type: 'string', multiple: true },
      },
    });
    const { issuer, key } = values;
    return positionals.length === 1 && issuer && key
      ? { file: positionals[0], issuer, key }
      : undefined;
  } catch {
    return undefined;
  }
}
