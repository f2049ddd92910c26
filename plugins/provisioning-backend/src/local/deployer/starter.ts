/**
 * What runs in the sandbox beside a service, as the text of a module: it is
 * started by a Node that knows nothing of ours.
 *
 * A service has no network but its own loopback. The starter calls out, over the
 * socket that we listen on, and keeps a few calls open; what we send down one of
 * them, it carries to the service's port. That way there is no place in the
 * sandbox that needs to be written to from outside, and none to fill.
 *
 * When we hang up and nobody answers any more, the portal is gone or wants the
 * service to end: it is asked to, and then it is made to.
 *
 * It runs the script `start` of package.json, as `node --run` would, which tells
 * no exit code, and dies before the service has said its last words.
 *
 * Arguments: socket, port, milliseconds to end in.
 */
export const STARTER = `\
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { constants } from 'node:os';
import { resolve } from 'node:path';

const OPEN_CALLS = 4;
const LAST_WORDS = 1_000;
const [socket, port, grace] = process.argv.slice(2);

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
if (typeof scripts?.start !== 'string') {
  console.error('package.json has no script "start".');
  process.exit(127);
}

const service = spawn('/bin/sh', ['-c', scripts.start], {
  stdio: ['ignore', 'pipe', 'pipe'],
  env: {
    ...process.env,
    PATH: resolve('node_modules/.bin') + ':' + process.env.PATH,
  },
});
service.stdout.pipe(process.stdout);
service.stderr.pipe(process.stderr);
service.on('error', error => {
  console.error(error.message);
  process.exit(127);
});
service.on('exit', (code, signal) => {
  const status = code ?? 128 + constants.signals[signal];
  // What it started may still be at its own end.
  setTimeout(() => process.exit(status), LAST_WORDS);
  service.on('close', () => process.exit(status));
});

let ending = false;
// All of us are one group; this one only passes it on.
process.on('SIGTERM', end);

function end() {
  if (ending) return;
  ending = true;
  process.kill(0, 'SIGTERM');
  setTimeout(() => process.kill(0, 'SIGKILL'), Number(grace));
}

function call() {
  if (ending) return;
  const outside = connect({ path: socket, allowHalfOpen: true });
  let used = false;
  outside.on('error', () => {
    if (!used) end();
  });
  outside.on('end', () => {
    if (!used) outside.destroy();
  });
  outside.on('close', () => {
    if (!used) call();
  });
  outside.once('data', first => {
    used = true;
    outside.pause();
    call();
    const inside = connect({ host: '127.0.0.1', port: Number(port), allowHalfOpen: true });
    inside.on('error', () => outside.destroy());
    inside.on('close', () => outside.destroy());
    outside.on('close', () => inside.destroy());
    inside.write(first);
    outside.pipe(inside).pipe(outside);
  });
}

for (let n = 0; n < OPEN_CALLS; n++) call();
`;
