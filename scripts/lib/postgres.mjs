import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { undoAtExit } from './lifecycle.mjs';
import { freePort } from './ports.mjs';
import { postgresBinaries } from './postgresBinaries.mjs';
import { removeLeftovers, scratchPrefix } from './postgresLeftovers.mjs';
import { Problem, recogniseFailure } from './problem.mjs';
import { run, start } from './processes.mjs';

const readyMs = 60_000;
const ready = 'database system is ready to accept connections';

/** PostgreSQL refuses to run as root. `nobody` exists everywhere, so nothing has to be added to the machine. */
function unprivilegedUser() {
  if (process.getuid?.() !== 0) return {};
  const id = flag =>
    Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function initialise({ initdb, scratch, data, password, user, env }) {
  const passwordFile = join(scratch, 'password');
  await writeFile(passwordFile, `${password}\n`);
  if (user.uid) await chown(passwordFile, user.uid, user.gid);
  const { code, output } = await run(
    initdb,
    [
      `--pgdata=${data}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The same order of text on every machine, whatever locales it has.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-sync',
    ],
    { cwd: scratch, env, capture: true, ...user },
  );
  await rm(passwordFile, { force: true });
  if (code === 0) return;
  throw (
    recogniseFailure(output, 'creating a PostgreSQL database') ??
    new Problem('PostgreSQL could not create a database:', [output])
  );
}

async function launch({ postgres, scratch, data, port, settings, user, env }) {
  const said = [];
  let announceReady;
  const isReady = new Promise(resolve => {
    announceReady = resolve;
  });
  const server = start(
    postgres,
    [
      '-D',
      data,
      ...Object.entries({ ...settings, port }).flatMap(([name, value]) => [
        '-c',
        `${name}=${value}`,
      ]),
    ],
    {
      cwd: scratch,
      env,
      ...user,
      stopSignal: 'SIGINT', // "fast shutdown": ends sessions, does not wait for them
      onLine: line => {
        said.push(line);
        if (said.length > 200) said.shift();
        if (line.includes(ready)) announceReady('ready');
      },
    },
  );
  let timer;
  const outcome = await Promise.race([
    isReady,
    server.ended.then(() => 'ended'),
    new Promise(resolve => {
      timer = setTimeout(resolve, readyMs, 'late');
    }),
  ]);
  clearTimeout(timer);
  if (outcome === 'ready') return server;
  await server.stop();
  throw new Problem(`PostgreSQL did not start (${outcome}). It said:`, said);
}

/**
 * Starts a PostgreSQL 18 of its own, in a temporary directory and on a free port of this machine only. It is stopped
 * and its directory removed by `stop()`, or when the script ends, whatever ended it.
 *
 * `fsync: false` (the default) is for tests, which may lose everything in a power cut; measurements want `true`.
 * `settings` are further lines of postgresql.conf.
 */
export async function startPostgres({ fsync = false, settings = {} } = {}) {
  await removeLeftovers();
  const user = unprivilegedUser();
  const scratch = await mkdtemp(join(tmpdir(), scratchPrefix()));
  const removeScratch = undoAtExit(() =>
    rm(scratch, { recursive: true, force: true, maxRetries: 5 }),
  );
  await chmod(scratch, 0o755);
  const data = join(scratch, 'data');
  await mkdir(data, { mode: 0o700 });
  if (user.uid) await chown(data, user.uid, user.gid);

  const { initdb, postgres } = await postgresBinaries({
    asSomebodyElse: Boolean(user.uid),
    scratch,
  });
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const password = randomBytes(16).toString('hex');
  await initialise({ initdb, scratch, data, password, user, env });

  const port = await freePort();
  const server = await launch({
    postgres,
    scratch,
    data,
    port,
    user,
    env,
    settings: {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      timezone: 'UTC',
      max_connections: 200,
      ...(fsync
        ? {}
        : {
            fsync: 'off',
            synchronous_commit: 'off',
            full_page_writes: 'off',
            autovacuum: 'off',
          }),
      ...settings,
    },
  });

  return {
    port,
    connectionString: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop();
      await removeScratch();
    },
  };
}
