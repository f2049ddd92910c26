import { rmSync } from 'node:fs';
import { describeSandbox } from '../local/__testUtils__/sandboxes';
import {
  testService,
  type TestServiceOptions,
} from '../local/__testUtils__/testService';
import type { WorkingCopy } from '../local/__testUtils__/testRemote';
import { until } from '../local/__testUtils__/until';
import type { EffectRequest } from '../effects/driver';
import { HostHarness } from './__testUtils__/hostHarness';
import { MIRA } from './__testUtils__/testCore';

const BROKEN = { ready: 503 };

describeSandbox('releases of a service', () => {
  const at = HostHarness.each('SQLITE_3', {
    rules: { every: 50, within: 2_500 },
  });
  let request: EffectRequest;
  let copy: WorkingCopy | undefined;

  beforeEach(async () => {
    copy = undefined;
    const { core } = at.current;
    request = core.add(testService({ greeting: 'one' }));
    await core.make('repo:ensure', request);
  });

  /** Pushes, builds and deploys; as one run. */
  async function release(options: TestServiceOptions) {
    const { core } = at.current;
    copy ??= await at.current.clone(request);
    const commit = await copy.commit('next', testService(options));
    await copy.git('push', '--quiet', 'origin', 'main');
    const run = core.run('deploy', { commit });
    const built = await core.make('service:build', request, run);
    const deployed =
      built.state === 'done'
        ? await core.make('service:deploy', request, run)
        : undefined;
    return { commit, run, built, deployed: deployed as any };
  }

  async function first() {
    const { core } = at.current;
    const run = core.run();
    const built = await core.make('service:build', request, run);
    const deployed = await core.make('service:deploy', request, run);
    return { run, built: built as any, deployed: deployed as any };
  }

  async function told() {
    await until(
      async () =>
        !(await at.current.db('outbox').where('state', 'waiting').first()),
    );
    return at.current.delivery.deployments;
  }

  const greeting = async (address: string) =>
    ((await (await fetch(address)).json()) as any).greeting;

  it('builds and deploys once, however often it is told to', async () => {
    const { core, db } = at.current;
    const { run, built, deployed } = await first();
    expect(built.output).toMatchObject({
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      reused: false,
      installSeconds: expect.any(Number),
      testSeconds: expect.any(Number),
    });
    expect(core.lines.join('\n')).toMatch(/^portal Building [0-9a-f]{40}$/m);
    expect(core.lines.join('\n')).toMatch(/^out .*greets/m);
    const [child] = await db('local_children');
    expect(await core.lookUp('service:build', request, run)).toMatchObject({
      state: 'done',
      output: { digest: built.output.digest },
    });
    expect(await core.make('service:build', request, run)).toMatchObject({
      output: { digest: built.output.digest, reused: true },
    });
    expect(await core.lookUp('service:deploy', request, run)).toMatchObject({
      state: 'done',
      output: { digest: built.output.digest },
    });
    expect(await core.make('service:deploy', request, run)).toMatchObject({
      state: 'done',
      output: { address: deployed.output.address },
    });
    expect(await db('local_children')).toEqual([child]);
    expect(await told()).toEqual(['running deploy', 'success deploy']);
    const [event] = at.current.delivery.told.filter(
      ({ type }) => type === 'deployment',
    );
    expect(event).toMatchObject({
      id: `${run.id}/service:deploy`,
      source: 'local-deployer',
      environment: 'local',
      repository: 'portal.local/default/pay',
      service: 'component:default/pay',
      sha: built.output.commit,
      artifact: `sha256:${built.output.digest}`,
      actor: MIRA,
    });
  });

  it('tells nothing of a red build, and says which step it was', async () => {
    await first();
    const { built } = await release({ test: 'exit 3' });
    expect(built).toMatchObject({
      state: 'failed',
      reason: {
        code: 'build.red',
        params: { step: 'test', why: 'failed' },
      },
    });
    expect(await told()).toEqual(['running deploy', 'success deploy']);
    const green = await at.current.host.newestGreen(request.id);
    expect(green?.commit).not.toBe((built as any).output.commit);
  });

  it('goes back by itself when the new release is not healthy', async () => {
    const before = await first();
    const { deployed, commit, run } = await release(BROKEN);
    expect(deployed).toMatchObject({
      state: 'failed',
      reason: { code: 'deploy.went_back' },
    });
    expect(deployed.needsPerson).toBeUndefined();
    expect(await greeting(before.deployed.output.address)).toBe('one');
    expect(await told()).toEqual([
      'running deploy',
      'success deploy',
      'running deploy',
      'failure deploy',
      'success rollback',
    ]);
    const [failure, success] = at.current.delivery.told.slice(-2) as any[];
    expect(failure).toMatchObject({
      id: `${run.id}/service:deploy`,
      sha: commit,
    });
    expect(success).toMatchObject({
      id: `${run.id}/service:deploy/back`,
      sha: before.built.output.commit,
    });
    const releases = await at.current.host.releasesOf(request.id);
    expect(
      releases.map(({ kind, state, current }) => [kind, state, current]),
    ).toEqual([
      ['rollback', 'healthy', true],
      ['deploy', 'failed', false],
      ['deploy', 'retired', false],
    ]);
  });

  it('stops a first release that never becomes healthy', async () => {
    const { core, host } = at.current;
    const other = core.add(testService(BROKEN), { name: 'shop' });
    await core.make('repo:ensure', other);
    await core.make('service:build', other);
    expect(await core.make('service:deploy', other)).toMatchObject({
      state: 'failed',
      reason: { code: 'deploy.failed' },
    });
    expect(await host.serviceOf(other.id)).toMatchObject({
      state: 'stopped',
      reason: 'never_healthy',
    });
    expect(await told()).toEqual(['running deploy', 'failure deploy']);
  });

  it('leaves a way back that does not work to a person', async () => {
    const { core, host } = at.current;
    // Healthy once: as long as the file is not there.
    const once = `
      import { existsSync } from 'node:fs';
      const ready = Date.now() < ${Date.now() + 15_000};
    `;
    const service = testService({ greeting: 'once', before: once });
    service['src/main.mjs'] = service['src/main.mjs'].replace(
      'response.writeHead(200).end()',
      'response.writeHead(ready ? 200 : 503).end()',
    );
    const other = core.add(service, { name: 'shop' });
    await core.make('repo:ensure', other);
    const built = (await core.make('service:build', other)) as any;
    const begun = core.run();
    expect(await core.make('service:deploy', other, begun)).toMatchObject({
      state: 'done',
    });
    await host.stop(other.id);
    await until(() => Date.now() >= Number(/< (\d+)/.exec(once)![1]));
    const back = core.run('rollback', { digest: built.output.digest });
    expect(await core.make('service:deploy', other, back)).toMatchObject({
      state: 'failed',
      needsPerson: true,
      reason: { code: 'deploy.needs_person' },
    });
    expect(await core.lookUp('service:deploy', other, back)).toMatchObject({
      state: 'failed',
      needsPerson: true,
    });
    expect((await told()).slice(-2)).toEqual([
      'running rollback',
      'failure rollback',
    ]);
  });

  it('cancels a release whose place a newer one takes', async () => {
    const { core } = at.current;
    const newer = new AbortController();
    const slow = core.add(testService(BROKEN), { name: 'shop' });
    await core.make('repo:ensure', slow);
    await core.make('service:build', slow);
    const old = core.run();
    const going = core.make('service:deploy', slow, old, {
      signal: newer.signal,
    });
    await until(async () => {
      const { state } = await at.current.host.serviceOf(slow.id);
      return state === 'starting';
    });
    newer.abort(new Error('A newer deploy took over'));
    await expect(going).rejects.toThrow('A newer deploy took over');
    expect(await core.lookUp('service:deploy', slow, old)).toEqual({
      state: 'absent',
    });
    await core.make('service:deploy', slow, core.run('deploy'));
    expect(await told()).toEqual([
      'running deploy',
      'cancelled deploy',
      'running deploy',
      'failure deploy',
    ]);
    expect(
      (await at.current.host.releasesOf(slow.id)).map(({ state }) => state),
    ).toEqual(['failed', 'superseded']);
  });

  it('builds a release again that is not on disk any more', async () => {
    const { core, local } = at.current;
    const before = await first();
    await release({ greeting: 'two' });
    rmSync(
      `${local}/services/releases/${request.id}/${before.built.output.digest}`,
      { recursive: true },
    );
    const back = core.run('rollback');
    expect(await core.make('service:deploy', request, back)).toMatchObject({
      state: 'done',
      output: before.built.output.digest
        ? { digest: before.built.output.digest }
        : {},
    });
    expect(await greeting(before.deployed.output.address)).toBe('one');
    expect(core.lines.join('\n')).toContain('built again');
  });

  it('says that there is nothing to go back to', async () => {
    await first();
    const { core } = at.current;
    expect(
      await core.make('service:deploy', request, core.run('rollback')),
    ).toMatchObject({
      state: 'failed',
      permanent: true,
      reason: { code: 'deploy.no_release' },
    });
  });

  it('deploys the newest green commit when none is named', async () => {
    const { core } = at.current;
    await first();
    const green = await release({ greeting: 'two' });
    await release({ test: 'exit 1' });
    expect(await at.current.host.newestGreen(request.id)).toMatchObject({
      commit: green.commit,
    });
    expect(
      await core.make('service:build', request, core.run('deploy')),
    ).toMatchObject({ state: 'done', output: { commit: green.commit } });
  });
});
