import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProvisioningRequest } from '@fawkes/backstage-plugin-provisioning-common';
import { countOf } from '@fawkes/kit-contract';
import { Databases, openKnex, type Dialect } from '../../bench/lib/databases';
import { Random } from '../../bench/lib/random';
import { formOf } from '../../bench/provisioning/ask';
import { MIGRATIONS } from '../../plugins/provisioning-backend/src/store/database';
import { lives, type Death } from './deaths';
import { faultsOfGone, faultsOfMade, type Scene } from './faults';
import type { Options } from './options';
import { Portal } from './portal';
import { smallTemplate } from './template';

/** What is made has come to rest by then, ms. */
const AT_REST_MS = 240_000;
/** In the middle of a step is at most so long after its beginning, ms. */
const MIDDLE_MS = 1_500;

const OVER = ['ready', 'failed', 'needs_person', 'cancelled', 'destroyed'];

/** Waits until nothing moves, which is by itself: nobody presses retry. */
async function atRest(
  portal: Portal,
  id: string,
  not: string,
): Promise<ProvisioningRequest> {
  const deadline = Date.now() + AT_REST_MS;
  for (;;) {
    const request = await portal.api.request(id);
    const { state, run } = request;
    const rests = run.state !== 'running' && state !== not;
    if ((rests && OVER.includes(state)) || Date.now() > deadline) {
      return request;
    }
    await pause(100);
  }
}

const words = ({ type, moment, withChildren }: Death) =>
  `dies ${moment} ${type}, ${withChildren ? 'with its children' : 'alone'}`;

/**
 * The crash walk with the real push, install and start: a process makes a service and takes it down, is killed (`kill
 * -9`) once on each way, and another goes on. In the end everything is there once, or nothing is.
 */
export async function walkOn(
  dialect: Dialect,
  options: Options,
  say: (text: string) => void,
): Promise<string[]> {
  const databases = new Databases({
    dialect,
    migrate: db => db.migrate.latest({ directory: MIGRATIONS }),
  });
  const folder = await mkdtemp(join(tmpdir(), 'fawkes-soak-'));
  // Services run as nobody and have to reach what is theirs.
  await chmod(folder, 0o755);
  const { address } = await databases.create('soak_provisioning', false);
  const settings = {
    database: address,
    directory: join(folder, 'local'),
    template: await smallTemplate(join(folder, 'template')),
    heard: join(folder, 'heard.ndjson'),
  };
  await mkdir(settings.directory);
  await writeFile(settings.heard, '');
  const db = openKnex(address);
  const random = new Random(options.seed, 11);
  const faults: string[] = [];
  let portal = await Portal.start(settings);
  const scene = (): Scene => ({ settings, db, portal });

  /** Dies on the way of something that `begin` begins; another process goes on at once. */
  const die = async (death: Death, begin: () => Promise<void>) => {
    await portal.until(death, begin);
    if (death.moment === 'during') await pause(random.next() * MIDDLE_MS);
    await portal.kill(death.withChildren);
    // As if the minute had passed that a lease of the dead lasts.
    await db('leases').update({ until: 0 });
    portal = await Portal.start(settings);
  };

  try {
    for (const [index, { making, ending }] of lives(
      options.lives,
      options.seed,
    ).entries()) {
      const name = `life-${index + 1}`;
      const form = await formOf(name, settings.template);
      const from = Date.now();
      let id = '';
      await die(making, async () => {
        id = (await portal.api.create(form)).id;
      });
      const made = await atRest(portal, id, 'accepted');
      const ofMade = await faultsOfMade(scene(), made);
      faults.push(...ofMade.map(text => `${name} ${words(making)}: ${text}`));

      await die(ending, async () => {
        await portal.api.post(`/requests/${id}/destroy`, { confirm: name });
      });
      const gone = await atRest(portal, id, 'ready');
      const ofGone = await faultsOfGone(scene(), gone, made.service.address!);
      faults.push(...ofGone.map(text => `${name} ${words(ending)}: ${text}`));
      say(
        `${name} ${words(making)}; ${words(ending)}: ${countOf(
          ofMade.length + ofGone.length,
          'fault',
        )}, ${((Date.now() - from) / 1_000).toFixed(0)} s`,
      );
    }
  } finally {
    await portal.kill(true);
    await db.destroy();
    await databases.removeAll();
    await rm(folder, { recursive: true, force: true });
  }
  return faults;
}
