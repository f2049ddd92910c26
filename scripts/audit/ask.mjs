import { stripVTControlCharacters } from 'node:util';
import { start } from '../lib/processes.mjs';

const PATIENCE_MS = 60_000;
const HTTP_TIMEOUT_MS = 20_000;

/** In what Yarn printed, why it failed: short, and without what an address may hold besides. */
function reasonIn(lines) {
  const text = stripVTControlCharacters(lines.join('\n'));
  const response = /Response Code: (\d+ \([^)]*\))/.exec(text)?.[1];
  if (response) return `it answered ${response}`;
  const code = /\b(E[A-Z]{4,}|ERR_[A-Z_]+|[A-Z_]*CERT[A-Z_]*)\b/.exec(
    text,
  )?.[1];
  if (code) return `it could not be reached (${code})`;
  const words = text
    .replace(/^➤ (YN\d+: )?/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  return (
    words.replace(/\/\/[^/\s@]*@/g, '//').slice(0, 200) || 'Yarn said nothing'
  );
}

const readLine = line => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // not meant for programs
  }
};

/**
 * Has Yarn ask the registry it is configured for, with its credentials, proxies and certificates. Answers
 * `{ values }`, one for each line of JSON, or `{ reason }` when there was no answer in time or none that can be used.
 *
 * `yarn npm audit` ends with 1 when it found something; `findingsFail` says that this is an answer.
 */
export async function askYarn(args, options) {
  const { yarn, env, cwd, findingsFail, patienceMs = PATIENCE_MS } = options;
  const [command, ...first] = yarn;
  const printed = [];
  const values = [];
  const program = start(command, [...first, ...args], {
    cwd,
    env: {
      YARN_HTTP_TIMEOUT: String(HTTP_TIMEOUT_MS),
      YARN_HTTP_RETRY: '1',
      ...env,
      YARN_ENABLE_COLORS: 'false',
      YARN_ENABLE_TELEMETRY: 'false',
    },
    onLine: (line, stream) => {
      printed.push(line);
      const value = stream === 'stdout' ? readLine(line) : undefined;
      if (value) values.push(value);
    },
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    program.stop();
  }, patienceMs);
  const { code } = await program.ended.finally(() => clearTimeout(timer));
  await program.stop();
  if (late) return { reason: `no answer within ${patienceMs / 1_000} s` };
  const failed = values.find(({ type }) => type === 'error');
  if (failed) return { reason: reasonIn([String(failed.data)]) };
  const isAnswer = code === 0 || (findingsFail && values.length > 0);
  return isAnswer ? { values } : { reason: reasonIn(printed) };
}
