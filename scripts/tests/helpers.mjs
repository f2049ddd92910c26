import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { statusOf } from '../lib/proc.mjs';
import { eachLine } from '../lib/processes.mjs';

export const fixture = name =>
  join(dirname(fileURLToPath(import.meta.url)), 'fixtures', name);

/** Starts a fixture; `lines(pattern, count)` waits until it has printed that many matches and answers the first groups. */
export function startFixture(name, args = []) {
  const child = spawn(process.execPath, [fixture(name), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = [];
  const waiting = new Set();
  const onLine = line => {
    printed.push(line);
    waiting.forEach(check => check());
  };
  eachLine(child.stdout, onLine);
  eachLine(child.stderr, onLine);
  const ended = new Promise(resolve => {
    child.on('close', (code, signal) => {
      resolve({ code, signal, output: printed.join('\n') });
      waiting.forEach(check => check(true));
    });
  });
  const lines = (pattern, count) =>
    new Promise((resolve, reject) => {
      const check = over => {
        const found = printed.map(l => pattern.exec(l)?.[1]).filter(Boolean);
        if (found.length < count && !over) return;
        waiting.delete(check);
        if (found.length < count) reject(new Error(printed.join('\n')));
        else resolve(found);
      };
      waiting.add(check);
      check();
    });
  return { child, ended, lines };
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return statusOf(pid)?.state !== 'Z';
  } catch {
    return false;
  }
}

/** Processes vanish a moment after they were ended. */
export async function allGone(pids, withinMs = 3_000) {
  const deadline = Date.now() + withinMs;
  while (pids.some(isAlive)) {
    if (Date.now() > deadline) return false;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return true;
}
