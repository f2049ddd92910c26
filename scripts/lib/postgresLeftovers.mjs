import { readFile, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { statusOf } from './proc.mjs';

const stem = `fawkes-postgres-${hostname()}-`;

/** Begins the name of a temporary directory; tells later runs whose it was. */
export const scratchPrefix = () => `${stem}${process.pid}-`;

function runs(pid) {
  try {
    process.kill(pid, 0);
    return statusOf(pid)?.state !== 'Z';
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Ends a server at once ("immediate shutdown"): its data is going away anyway. */
async function end(server) {
  try {
    process.kill(server, 'SIGQUIT');
  } catch (error) {
    return error.code === 'ESRCH';
  }
  for (let tries = 0; runs(server) && tries < 100; tries += 1) await pause(50);
  return true;
}

/** The first line of postmaster.pid is the server's process; the second the directory it serves. */
async function serverOf(data) {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(
    () => '',
  );
  const [pid, folder] = text.split('\n');
  return folder === data ? Number(pid) : undefined;
}

/**
 * A run that was killed outright (SIGKILL, power) could not stop its server nor remove its directory: the next one
 * does it. Only directories of this machine whose script is gone are touched.
 */
export async function removeLeftovers(folder = tmpdir()) {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(n => n.startsWith(stem))) {
    const owner = Number(name.slice(stem.length).split('-')[0]);
    if (!owner || runs(owner)) continue;
    const server = await serverOf(join(folder, name, 'data'));
    if (server && runs(server)) {
      if (!(await end(server))) continue; // not ours to end
    }
    await rm(join(folder, name), {
      recursive: true,
      force: true,
      maxRetries: 10,
      retryDelay: 200,
    }).catch(() => {}); // somebody else's: theirs to remove
  }
}
