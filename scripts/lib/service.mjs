import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { isStopping } from './lifecycle.mjs';
import { Problem, lastLines, recogniseFailure } from './problem.mjs';
import { start } from './processes.mjs';

const pollMs = 250;

async function answers(url) {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(120_000),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * A long-running program that answers HTTP: its output goes to a log file, and the last lines are at hand when it
 * fails. `isFatal(line)` recognises that it has given up although its process is still there.
 */
export async function startService(options) {
  const { name, command, args, cwd, env, logFile, isFatal, onLine } = options;
  await mkdir(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const recent = [];
  let giveUp;
  const gaveUp = new Promise(resolve => {
    giveUp = resolve;
  });

  const program = start(command, args, {
    cwd,
    env,
    onLine: raw => {
      const line = stripVTControlCharacters(raw);
      log.write(`${line}\n`);
      recent.push(line);
      if (recent.length > 60) recent.shift();
      onLine?.(line, raw);
      if (isFatal?.(line)) giveUp('gave up');
    },
  });
  const ended = program.ended.finally(() => log.end());
  ended.catch(() => {});

  const failure = why =>
    recogniseFailure(recent.join('\n'), `starting the ${name}`) ??
    new Problem(
      `The ${name} ${why}. Its last words (all of them: ${logFile}):`,
      lastLines(recent.join('\n'), 30),
    );

  /** Resolves when `url` answers with success; fails when the program ends, gives up or takes longer than `withinMs`. */
  const untilAnswers = async (url, withinMs) => {
    let outcome;
    ended.then(
      () => (outcome ??= 'ended before it was ready'),
      error => (outcome ??= `could not be started (${error.message})`),
    );
    gaveUp.then(() => (outcome ??= 'failed to start'));
    const deadline = Date.now() + withinMs;
    while (!(await answers(url))) {
      if (isStopping()) await new Promise(() => {}); // the script is leaving
      if (outcome) throw failure(outcome);
      if (Date.now() > deadline) {
        throw failure(`did not answer within ${Math.round(withinMs / 1e3)} s`);
      }
      await new Promise(resolve => setTimeout(resolve, pollMs));
    }
  };

  return { name, ended, stop: program.stop, untilAnswers };
}
