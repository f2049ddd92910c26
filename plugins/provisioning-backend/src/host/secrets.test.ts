import childProcess from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describeSandbox } from '../local/__testUtils__/sandboxes';
import { testService } from '../local/__testUtils__/testService';
import { until } from '../local/__testUtils__/until';
import { HostHarness } from './__testUtils__/hostHarness';
import { hostTables } from './store';

const NPM = 'planted-npm-secret-7351';
const PORTAL = 'planted-portal-secret-2468';

const ENTITY = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: pay }
spec: { type: service, lifecycle: experimental, owner: payments }
`;

/** All files below a folder that hold one of the texts. */
function holding(folder: string, secrets: readonly string[]): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => statSync(path).size < 50_000_000)
    .filter(path => {
      const text = readFileSync(path, 'latin1');
      return secrets.some(secret => text.includes(secret));
    });
}

describeSandbox('secrets of the portal, planted', () => {
  const at = HostHarness.each('SQLITE_3', { secrets: [NPM, PORTAL] });
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
    jest.restoreAllMocks();
  });

  it('are in no log, no row, no message, no file, no process list, and not told to a service', async () => {
    const spawn = jest.spyOn(childProcess, 'spawn');
    process.env['npm_config_//registry.example/:_authToken'] = NPM;
    process.env.PLANTED = PORTAL;
    const { core, host, local, db, delivery, events, logger } = at.current;
    // A service that says all it knows, in its tests and while it runs.
    const tell = 'console.log(JSON.stringify(process.env));';
    const request = core.add({
      ...testService({ before: tell, test: `node -e '${tell}'` }),
      'catalog-info.yaml': ENTITY,
    });
    // What the ledger keeps of each effect.
    const kept = [
      await core.make('repo:ensure', request),
      await core.make('catalog:entity:ensure', request),
      await core.make('service:build', request),
    ];
    const deployed = (await core.make('service:deploy', request)) as any;
    kept.push(deployed);
    expect(kept.map(({ state }) => state)).toEqual(Array(4).fill('done'));
    const { token, user } = await host.makeToken(
      'user:default/mira',
      request.id,
    );
    const url = new URL((await host.cloneUrlOf(request.id))!);
    url.username = user;
    url.password = token;
    const copy = await at.current.clone(request);
    await copy.git('remote', 'set-url', 'origin', url.href);
    await copy.commit('next', { 'a.txt': '1' });
    await copy.git('push', '--quiet', 'origin', 'main');
    await expect(copy.git('push', 'origin', 'main:fawkes/x')).rejects.toThrow();
    await until(
      async () => !(await db('outbox').where('state', 'waiting').first()),
    );
    const said = await (await fetch(`${deployed.output.address}/env`)).text();
    const { portal } = (host as any).parts.access;
    const secrets = [NPM, PORTAL, token, portal.password];
    const rows = await Promise.all(
      hostTables.map(({ name }) => db(name).select()),
    );
    const log = await host.serviceLog(request.id, undefined);
    const heard = JSON.stringify([
      said,
      kept,
      rows,
      log,
      core.lines,
      delivery.told,
      events.publish.mock.calls,
      [logger.info, logger.warn, logger.error, logger.debug].map(
        level => level.mock.calls,
      ),
    ]);
    for (const secret of secrets) {
      expect([secret, heard.includes(secret)]).toEqual([secret, false]);
    }
    expect(JSON.stringify(log.lines)).toContain('listening');
    expect(core.lines.join('\n')).toContain('NODE_ENV');
    expect(holding(local, secrets)).toEqual([]);
    // The command lines of all that was started: git, npm, the sandbox, the service. Mira's own has what she pasted.
    const commands = spawn.mock.calls
      .map(([command, args]) => [command, ...(args as string[])].join(' '))
      .filter(line => !line.includes('remote set-url origin'));
    for (const program of [/http-backend/, /\bpush\b/, /\bci\b/, /bwrap/]) {
      expect(commands).toContainEqual(expect.stringMatching(program));
    }
    expect(
      commands.filter(line => secrets.some(secret => line.includes(secret))),
    ).toEqual([]);
  });
});
