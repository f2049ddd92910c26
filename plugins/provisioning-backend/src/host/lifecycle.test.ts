import { mockServices } from '@backstage/backend-test-utils';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { describeSandbox } from '../local/__testUtils__/sandboxes';
import { testService } from '../local/__testUtils__/testService';
import { until } from '../local/__testUtils__/until';
import { startTimeOf } from '../local/processes/processTable';
import { HostHarness } from './__testUtils__/hostHarness';
import { readLocalHost } from './readLocalHost';

const HOUR = 3_600_000;

describeSandbox('the local host, while it lives', () => {
  const at = HostHarness.each();

  async function running(name = 'pay') {
    const { core } = at.current;
    const request = core.add(testService({ greeting: name }), { name });
    await core.make('repo:ensure', request);
    await core.make('service:build', request);
    const deployed = (await core.make('service:deploy', request)) as any;
    return { request, deployed, address: deployed.output?.address as string };
  }

  it('says what was tried, and what it means', () => {
    const { host } = at.current;
    expect(host.obstacle()).toBeUndefined();
    expect(host.deploys()).toBe(true);
    expect(host.words().text).toBe('Runs code on this computer');
    expect(host.isolation()).toEqual({
      sandboxed: true,
      words: expect.objectContaining({ code: 'sandbox.bubblewrap' }),
      why: null,
    });
    expect(host.checks().map(({ name, ok }) => [name, ok])).toEqual(
      expect.arrayContaining([
        ['git', true],
        ['node', true],
        ['npm', true],
        ['bwrap', true],
      ]),
    );
  });

  it('ends with everything it runs, and says why when it is back', async () => {
    const { request, address } = await running();
    const [{ pid, start_time }] = await at.current.db('local_children');
    expect(startTimeOf(pid)).toBe(start_time);
    await at.current.restart();
    expect(startTimeOf(pid)).not.toBe(start_time);
    expect(await at.current.db('local_children')).toEqual([]);
    const { host } = at.current;
    expect(await host.serviceOf(request.id)).toMatchObject({
      state: 'stopped',
      reason: 'portal_restarted',
      address: null,
    });
    await host.start(request.id);
    await until(
      async () => (await host.serviceOf(request.id)).state === 'healthy',
    );
    // The same address as before.
    expect((await fetch(address)).status).toBe(200);
  });

  it('tells starts and stops to others, and nothing of them to the delivery plugin', async () => {
    const { request, address } = await running();
    const { host, events, delivery, db } = at.current;
    await host.stop(request.id);
    await host.start(request.id);
    await until(
      async () => (await host.serviceOf(request.id)).state === 'healthy',
    );
    await until(
      async () => !(await db('outbox').where('state', 'waiting').first()),
    );
    const told = events.publish.mock.calls.map(([{ topic, eventPayload }]) => [
      topic,
      eventPayload,
    ]);
    expect(told.map(([topic]) => topic)).toEqual([
      'provisioning.service.started',
      'provisioning.service.stopped',
      'provisioning.service.started',
    ]);
    expect(told[0][1]).toMatchObject({
      id: request.id,
      entityRef: 'component:default/pay',
      address,
    });
    expect(told[1][1]).toMatchObject({ reason: 'asked' });
    expect(delivery.deployments).toEqual(['running deploy', 'success deploy']);
  });

  /** What a portal that was killed leaves: a process, and its row. */
  async function leftBehind() {
    const { host, db } = at.current;
    await host.close();
    const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    await once(child, 'spawn');
    const mark = { pid: child.pid!, start_time: startTimeOf(child.pid!)! };
    await db('local_children').insert(mark);
    return { child, mark };
  }

  it('sweeps what an earlier portal left, by pid and start time', async () => {
    const { request } = await running();
    const { child, mark } = await leftBehind();
    const ended = once(child, 'exit');
    await at.current
      .db('local_services')
      .update({ state: 'healthy', reason: null });
    await at.current.start();
    await ended;
    expect(startTimeOf(mark.pid)).not.toBe(mark.start_time);
    expect(await at.current.db('local_children')).toEqual([]);
    expect(await at.current.host.serviceOf(request.id)).toMatchObject({
      state: 'stopped',
      reason: 'portal_restarted',
    });
  });

  it('leaves processes of another start of the machine alone: their numbers are others’ by now', async () => {
    const { child, mark } = await leftBehind();
    await at.current.db('local_host').update({ boot_id: 'another start' });
    await at.current.start();
    expect(startTimeOf(mark.pid)).toBe(mark.start_time);
    expect(await at.current.db('local_children')).toEqual([]);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('knows that it is another computer', async () => {
    const { request } = await running();
    await at.current.host.close();
    await at.current.db('local_services').update({ state: 'healthy' });
    writeFileSync(`${at.current.local}/machine`, 'another computer');
    await at.current.start({});
    expect(await at.current.host.serviceOf(request.id)).toMatchObject({
      state: 'stopped',
      reason: 'other_machine',
    });
  });

  it('runs no more services than there may be, and says who holds them', async () => {
    const { host, core } = at.current;
    await host.close();
    await at.current.start({ runningLimit: 1 });
    const { request } = await running('pay');
    const { deployed, request: second } = await running('shop');
    expect(deployed).toMatchObject({
      state: 'failed',
      reason: {
        code: 'deploy.running_full',
        params: { used: 1, limit: 1, holders: 'pay (group:default/payments)' },
      },
    });
    await at.current.host.stop(request.id);
    expect(await core.make('service:deploy', second)).toMatchObject({
      state: 'done',
    });
    await expect(at.current.host.start(request.id)).rejects.toMatchObject({
      name: 'ConflictError',
    });
  });

  it('stops what nobody called for eight hours', async () => {
    const { request } = await running();
    const { host, clock } = at.current;
    await clock.pass(7 * HOUR);
    expect((await host.serviceOf(request.id)).state).toBe('healthy');
    await clock.pass(HOUR);
    await until(
      async () => (await host.serviceOf(request.id)).state === 'stopped',
    );
    expect(await host.serviceOf(request.id)).toMatchObject({ reason: 'idle' });
  });

  it('refuses to start what was never deployed, or is not on disk', async () => {
    const { host, local } = at.current;
    await expect(host.start('none')).rejects.toMatchObject({
      name: 'ConflictError',
    });
    await expect(host.stop('none')).rejects.toMatchObject({
      name: 'ConflictError',
    });
    const { request } = await running();
    await host.stop(request.id);
    rmSync(`${local}/services/releases/${request.id}`, { recursive: true });
    await expect(host.start(request.id)).rejects.toMatchObject({
      name: 'ConflictError',
    });
  });

  it('shows the log of a service line by line, from a mark on', async () => {
    const { request } = await running();
    const { host } = at.current;
    const page = await host.serviceLog(request.id, undefined);
    expect(page.lines).toEqual(
      expect.arrayContaining([
        {
          at: expect.stringMatching(/^\d{4}-.*Z$/),
          stream: 'portal',
          text: expect.stringMatching(/^Starting release/),
        },
        expect.objectContaining({ stream: 'out', text: 'listening' }),
      ]),
    );
    expect(page).toMatchObject({ ended: false, cut: false });
    const next = await host.serviceLog(request.id, page.next);
    expect(next.lines).toEqual([]);
    await host.stop(request.id);
    const rest = await host.serviceLog(request.id, page.next);
    expect(rest.lines.map(({ text }) => text)).toContain('Stopped: asked');
  });

  it('is read by replicas that are not it', async () => {
    const { request, address } = await running();
    const reads = readLocalHost(at.current.core, {
      db: at.current.db,
      directory: at.current.local,
      logger: mockServices.logger.mock(),
    });
    expect(await reads.serviceOf(request.id)).toMatchObject({
      state: 'healthy',
      address,
    });
    expect(await reads.releasesOf(request.id)).toHaveLength(1);
    expect((await reads.servicesOf(['none'])).get('none')).toMatchObject({
      state: 'none',
    });
  });
});
