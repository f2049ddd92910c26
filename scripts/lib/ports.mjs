import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { Problem } from './problem.mjs';

function listenOn(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const bound = server.address().port;
      server.close(() => resolve(bound));
    });
  });
}

/** A port nobody listens on at this moment. */
export const freePort = () => listenOn(0, '127.0.0.1');

export async function isFree(port) {
  // Not every system reports a listener on one address to somebody who asks for all of them.
  for (const host of [undefined, '127.0.0.1', '::1']) {
    try {
      await listenOn(port, host);
    } catch (error) {
      if (error.code === 'EADDRINUSE') return false;
      if (error.code === 'EACCES') {
        throw new Problem(`Nobody but root may listen on port ${port} here.`, [
          'Choose one above 1023.',
        ]);
      }
      // The machine has no such address (IPv6 switched off): nobody can hold it there.
    }
  }
  return true;
}

function inodesListeningOn(port) {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    let rows;
    try {
      rows = readFileSync(table, 'utf8').split('\n').slice(1);
    } catch {
      continue; // not Linux, or no IPv6
    }
    for (const row of rows) {
      const [, local, , state, , , , , , inode] = row.trim().split(/\s+/);
      if (state === '0A' && local.endsWith(`:${hexPort}`)) inodes.add(inode);
    }
  }
  return inodes;
}

/** Who listens on a port, as far as Linux lets us see: `{ pid, command }` or `undefined`. */
export function ownerOf(port) {
  const inodes = inodesListeningOn(port);
  if (inodes.size === 0) return undefined;
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const holds = readdirSync(`/proc/${pid}/fd`).some(fd => {
        const socket = /^socket:\[(\d+)\]$/.exec(
          readlinkSync(`/proc/${pid}/fd/${fd}`),
        );
        return socket && inodes.has(socket[1]);
      });
      if (!holds) continue;
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return {
        pid: Number(pid),
        command: command.split('\0').filter(Boolean).join(' ').slice(0, 120),
      };
    } catch {
      continue; // somebody else's process, or gone meanwhile
    }
  }
  return undefined;
}

/** Reads a port from the environment, with a message that names the variable when it is not one. */
export function portFrom(variable, fallback, env = process.env) {
  const text = env[variable];
  if (!text) return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Problem(`${variable} is "${text}", which is not a port.`, [
    `Example: ${variable}=${fallback + 100}`,
  ]);
}

/** Stops before anything is started when a port is in use, and says by whom and how to take another. */
export async function refuseIfTaken(port, purpose, variable) {
  if (await isFree(port)) return;
  const owner = ownerOf(port);
  throw new Problem(`Port ${port}, which ${purpose} needs, is taken.`, [
    ...(owner
      ? [`It is held by process ${owner.pid}: ${owner.command}`]
      : ['Who holds it could not be seen from here.']),
    `Stop that process, or choose another port: ${variable}=${
      port + 100
    } npm start`,
  ]);
}
