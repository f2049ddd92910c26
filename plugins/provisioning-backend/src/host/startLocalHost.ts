import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Outbox, Worker } from '@fawkes/kit-backend/work';
import type { LocalHost, LocalHostAsks } from '../effects/localHost';
import {
  Deployer,
  GitRemote,
  probeGit,
  probeSandbox,
  systemClock,
  tidyRepositories,
} from '../local';
import { Attic } from './attic';
import { Builds } from './builds';
import { deploysWith, type Found } from './checks';
import { EntityRows } from './entities/entityRows';
import { GitAccess } from './gitAccess';
import { History } from './history';
import { Host } from './host';
import { keepGitPort, meetMachine, type Machine } from './machine';
import type { LocalHostOptions } from './options';
import type { HostParts } from './parts';
import { Proposals } from './proposals';
import { Pushes } from './pushes';
import { Repositories } from './repositories';
import { ChildRows, DbServiceRows } from './rows';
import { Running } from './running';
import { stampOf } from './servicesNow';
import { tables } from '../store/tables';
import { Tellers } from './telling';

export type { LocalHostOptions } from './options';

/** How often what grows is looked through, in milliseconds. */
const HOUR = 3_600_000;

/**
 * Makes this computer the local host: puts in order what an earlier portal left,
 * opens the git remote, and tells what was not told. One process at a time may;
 * the lease `local-host` sees to that.
 *
 * @throws Error when the folder or the database cannot be used
 */
export async function startLocalHost(
  asks: LocalHostAsks,
  options: LocalHostOptions,
): Promise<LocalHost> {
  const { db, directory, logger } = options;
  await mkdir(directory, { recursive: true });
  const found: Found = {
    git: await probeGit(),
    sandbox: options.sandbox ?? (await probeSandbox({ directory })),
  };
  const machine = await meetMachine(db, directory);
  const bell = { nudge: () => {} };
  const parts = makeParts(asks, options, found, () => bell.nudge());
  await parts.deployer?.start(machine.now);
  const worker = new Worker({
    name: 'local host',
    logger,
    steps: [parts.pushes.step, parts.outbox.step],
  });
  bell.nudge = () => worker.nudge();
  const over = new AbortController();
  if (found.git.supported) await open(parts, machine);
  worker.start();
  const tidying = tidyHourly(parts, over.signal);
  return new Host(parts, found, async () => {
    over.abort(new Error('The portal is stopping'));
    await tidying;
    if (found.git.supported) await parts.remote.stop();
    await parts.deployer?.close();
    await worker.stop();
  });
}

function makeParts(
  asks: LocalHostAsks,
  options: LocalHostOptions,
  found: Found,
  nudge: () => void,
): HostParts {
  const { db, directory, logger, clock = systemClock } = options;
  const now = () => clock.time();
  const tellers = new Tellers(options);
  const outbox = new Outbox({
    db,
    table: tables.outbox,
    logger,
    tellers: tellers.byKind,
    now,
  });
  const repositories = new Repositories(db, directory, now);
  const access = new GitAccess(db, repositories, asks, now);
  const services = new DbServiceRows(db, outbox, asks, now);
  const entities = new EntityRows({
    db,
    directory,
    repositories,
    outbox,
    asks,
    nudge,
    now,
  });
  const pushes = new Pushes({
    db,
    logger,
    repositories,
    access,
    outbox,
    asks,
    nudge,
    onMain: entities.onMain,
  });
  const remote = new GitRemote({
    logger,
    clock,
    authorise: access.authorise,
    directoryOf: async address => {
      const row = await repositories.byAddress(address);
      return row && (await repositories.isThere(row))
        ? repositories.directoryOf(row)
        : undefined;
    },
    onPushed: pushes.onPushed,
  });
  const sandbox = found.sandbox.supported ? found.sandbox : undefined;
  const deployer =
    sandbox && deploysWith(found)
      ? new Deployer({
          logger,
          sandbox,
          clock,
          directory: join(directory, 'services'),
          rows: services,
          children: new ChildRows(db),
          stamp: stream => stampOf(now(), stream),
          secrets: options.secrets,
          registry: options.registry,
          rules: options.rules,
          idleAfter: options.idleAfter,
        })
      : undefined;
  return {
    options,
    asks,
    db,
    logger,
    clock,
    now,
    outbox,
    tellers,
    nudge,
    repositories,
    access,
    remote,
    pushes,
    proposals: new Proposals(db),
    builds: new Builds(db, now),
    history: new History(db, outbox, now),
    entities,
    attic: new Attic(db, directory, now),
    services,
    running: new Running(services, asks, options.runningLimit),
    deployer,
    sandbox,
  };
}

/** Takes half of a repository away, opens the remote at its port of last time, and tells what nobody was told. */
async function open(parts: HostParts, { gitPort }: Machine) {
  await tidyRepositories(parts.repositories.root);
  const port = await parts.remote.start(gitPort);
  await keepGitPort(parts.db, port);
  await parts.pushes.catchUp();
}

async function tidyHourly(parts: HostParts, signal: AbortSignal) {
  const { clock, logger, access, attic } = parts;
  while (!signal.aborted) {
    for (const forget of [() => access.forget(), () => attic.forget()]) {
      await forget().catch((error: Error) =>
        logger.error('The local host could not be tidied', error),
      );
    }
    try {
      await clock.sleep(HOUR, signal);
    } catch {
      return;
    }
  }
}
