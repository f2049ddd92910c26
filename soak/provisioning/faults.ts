import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DeliveryEventInput } from '@fawkes/backstage-plugin-delivery-common';
import type { ProvisioningRequest } from '@fawkes/backstage-plugin-provisioning-common';
import type { Knex } from 'knex';
import { descendantsOf, processes } from '../lib/processes';
import type { MortalSettings } from './protocol';
import type { Portal } from './portal';

const run = promisify(execFile);

/** Tables of what is local to one service, beside those of what happened. */
const LOCAL = [
  'local_repositories',
  'local_services',
  'local_children',
  'local_builds',
  'local_releases',
  'local_git_tokens',
  'local_entities',
  'local_findings',
];

const git = async (directory: string, ...args: string[]) =>
  (await run('git', ['--git-dir', directory, ...args])).stdout.trim();

/** What a portal that died and came back can be asked about. */
export interface Scene {
  settings: MortalSettings;
  db: Knex;
  portal: Portal;
}

/** Processes that have to do with the folder, and that the living portal did not start. */
function strays({ settings, portal }: Scene): string[] {
  const all = processes();
  const known = new Set(descendantsOf(portal.pid, all).map(({ pid }) => pid));
  return all
    .filter(
      ({ pid, command }) =>
        pid !== process.pid &&
        !known.has(pid) &&
        command.includes(settings.directory),
    )
    .map(({ command }) => `nobody's process: ${command.slice(0, 200)}`);
}

/** What the delivery plugin heard of a service; the same told twice counts once, as it does there. */
async function heardOf(settings: MortalSettings, name: string) {
  const lines = (await readFile(settings.heard, 'utf8')).trim().split('\n');
  const ids = { deployment: new Set<string>(), change: new Set<string>() };
  for (const line of lines) {
    const event = JSON.parse(line) as DeliveryEventInput;
    if (!line.includes(name)) continue;
    if (event.type === 'deployment') ids.deployment.add(event.id);
    if (event.type === 'change' && event.kind === 'commit') {
      ids.change.add(event.sha);
    }
  }
  return ids;
}

/** What is wrong with a service that is said to be ready. */
export async function faultsOfMade(
  scene: Scene,
  request: ProvisioningRequest,
): Promise<string[]> {
  const { settings, db } = scene;
  const faults = strays(scene);
  const check = (holds: boolean, fault: string) => {
    if (!holds) faults.push(fault);
  };
  check(request.state === 'ready', `it is ${request.state}`);
  check(
    request.service.state === 'healthy',
    `its service is ${request.service.state}`,
  );
  const effects = await db('effects').where({ run_id: request.run.id });
  for (const { type, state } of effects) {
    check(state === 'done', `${type} is ${state}`);
  }
  const types = effects.map(({ type }) => type);
  check(new Set(types).size === types.length, `effects twice: ${types}`);

  const folders = await readdir(join(settings.directory, 'repositories'));
  const rows = await db('local_repositories').select('id');
  check(
    folders.length === 1 && rows.length === 1,
    `${folders.length} repositories, ${rows.length} in the ledger`,
  );
  const repository = join(
    settings.directory,
    'repositories',
    `${request.id}.git`,
  );
  const commits = await git(repository, 'rev-list', '--count', 'main');
  check(commits === '1', `main has ${commits} commits`);
  check(
    (await git(repository, 'for-each-ref', 'refs/heads')).split('\n').length ===
      1,
    'there is another branch',
  );
  await git(repository, 'fsck', '--strict').catch(error =>
    faults.push(`git fsck: ${error.message}`),
  );

  const { length } = request.releases;
  check(length === 1 && request.releases[0].healthy, `${length} releases`);
  const answer = await fetch(`${request.service.address}/health`).catch(
    (error: Error) => error,
  );
  check(
    answer instanceof Response && answer.ok,
    `${request.service.address} does not answer`,
  );
  const heard = await heardOf(settings, request.name);
  check(heard.deployment.size === 1, `${heard.deployment.size} deployments`);
  check(heard.change.size === 1, `${heard.change.size} commits were told`);
  return faults;
}

/** What is left of a service that is said to be gone. */
export async function faultsOfGone(
  scene: Scene,
  request: ProvisioningRequest,
  address: string,
): Promise<string[]> {
  const { settings, db } = scene;
  const faults = strays(scene);
  if (request.state !== 'destroyed') faults.push(`it is ${request.state}`);
  if (request.things.length > 0) {
    faults.push(`the ledger still holds ${request.things.length} things`);
  }
  for (const table of LOCAL) {
    const { length } = await db(table).select();
    if (length > 0) faults.push(`${table} has ${length} rows`);
  }
  for (const part of ['repositories', 'services']) {
    const left = await readdir(join(settings.directory, part));
    if (left.some(name => name.includes(request.id))) {
      faults.push(`${part} has ${left.join(', ')}`);
    }
  }
  const answers = await fetch(`${address}/health`).then(
    () => true,
    () => false,
  );
  if (answers) faults.push(`${address} still answers`);
  return faults;
}
