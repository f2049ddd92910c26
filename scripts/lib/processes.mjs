import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isStopping, undoAtExit } from './lifecycle.mjs';
import { statusOf } from './proc.mjs';

const windows = process.platform === 'win32';
const defaultGraceMs = 5_000;

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false; // nobody left in the group
  }
}

/**
 * Whether anything in the group still runs. Where nobody reaps orphans (a container without an init), dead processes
 * stay in the group as zombies; they cannot be ended and must not be waited for.
 */
function groupRuns(group) {
  if (!signalGroup(group, 0)) return false;
  if (process.platform !== 'linux') return true;
  return readdirSync('/proc').some(entry => {
    const status = /^\d+$/.test(entry) && statusOf(entry);
    return status && status.group === group && status.state !== 'Z';
  });
}

async function endGroup(child, signal, graceMs) {
  if (windows) {
    spawn('taskkill', ['/pid', String(child.pid), '/f', '/t']);
    return;
  }
  const deadline = Date.now() + graceMs;
  signalGroup(child.pid, signal);
  while (groupRuns(child.pid)) {
    if (Date.now() > deadline) {
      signalGroup(child.pid, 'SIGKILL');
      return;
    }
    await pause(50);
  }
}

/**
 * Starts a program in a process group of its own, so that it and everything it starts can be ended together: a signal
 * at first, SIGKILL for whatever is left after five seconds. It is ended at the latest when the script ends.
 *
 * `onLine(text, stream)` receives its output line by line; without it the output goes straight to the terminal.
 * `ended` resolves to `{ code, signal }` and never rejects unless the program cannot be started at all.
 */
export function start(command, args, options = {}) {
  const { cwd, env, uid, gid, onLine } = options;
  const { stopSignal = 'SIGTERM', graceMs = defaultGraceMs } = options;
  const child = spawn(command, args, {
    cwd,
    env,
    uid,
    gid,
    detached: !windows,
    stdio: ['ignore', ...(onLine ? ['pipe', 'pipe'] : ['inherit', 'inherit'])],
  });
  if (onLine) {
    for (const name of ['stdout', 'stderr']) {
      eachLine(child[name], line => onLine(line, name));
    }
  }
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  ended.catch(() => {});

  let stopping;
  const stop = undoAtExit(async () => {
    if (!child.pid) return;
    stopping ??= endGroup(child, stopSignal, graceMs);
    await stopping;
  });
  return { pid: child.pid, ended, stop, kill: sig => child.kill(sig) };
}

/** Calls `onLine` for every line of a stream, and for an unfinished last one. */
export function eachLine(stream, onLine) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', chunk => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop();
    lines.forEach(onLine);
  });
  stream.on('end', () => {
    if (rest) onLine(rest);
  });
}

/** Runs a program to its end and answers its exit code and, when asked with `capture`, what it printed. */
export async function run(command, args, options = {}) {
  const lines = [];
  const { capture, onLine } = options;
  const collect = (line, stream) => {
    lines.push(line);
    onLine?.(line, stream);
  };
  const program = start(command, args, {
    ...options,
    onLine: capture || onLine ? collect : undefined,
  });
  const { code, signal } = await program.ended;
  if (isStopping()) await new Promise(() => {}); // the script is leaving: nothing after this may run
  await program.stop(); // what it may have left behind in its group
  return { code: code ?? (signal ? 1 : 0), signal, output: lines.join('\n') };
}
