import { mockServices } from '@backstage/backend-test-utils';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { DeployerHarness, SERVICE } from '../__testUtils__/deployerHarness';
import { startTimeOf } from '../processes/processTable';
import { Deployer } from './deployer';

describe('starting the deployer anew, and removing a service', () => {
  const at = new DeployerHarness();

  it('comes back with everything stopped and its port kept', async () => {
    const digest = await at.release();
    await at.deploy(digest);
    const { port } = at.row!;
    await at.deployer.close();
    expect(at.rows.states.at(-1)).toBe('stopped: portal_restarted');
    expect(at.children.alive).toEqual([]);
    await at.restart();
    expect(await at.deploy(digest, { kind: 'start' })).toMatchObject({
      outcome: 'healthy',
      address: `http://127.0.0.1:${port}`,
    });
  });

  it('takes another port where somebody has it by now', async () => {
    const digest = await at.release();
    await at.deploy(digest);
    const { port } = at.row!;
    await at.deployer.close();
    const other = createServer();
    other.listen(port!, '127.0.0.1');
    await once(other, 'listening');
    await at.restart();
    await at.deploy(digest, { kind: 'start' });
    expect(at.row!.port).not.toBe(port);
    expect(await at.greeting()).toBe('hello');
    other.close();
  });

  it('sweeps what a portal left that did not live to end it', async () => {
    const left = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    await once(left, 'spawn');
    const ended = once(left, 'exit');
    const mark = { pid: left.pid!, startTime: startTimeOf(left.pid!)! };
    await at.children.started(mark);
    at.rows.rows.set(SERVICE, {
      state: 'healthy',
      reason: null,
      release: null,
      port: null,
    });
    const folder = at.directory.resolve(
      'local/releases',
      SERVICE,
      'building-x',
    );
    mkdirSync(folder, { recursive: true });
    await at.restart();
    expect((await ended)[1]).toBe('SIGKILL');
    expect(at.children.alive).toEqual([]);
    expect(at.row).toMatchObject({
      state: 'stopped',
      reason: 'portal_restarted',
    });
    expect(existsSync(folder)).toBe(false);
  });

  it.each([
    ['started-anew', 'portal_restarted'],
    ['other', 'other_machine'],
  ] as const)(
    'signals nobody where the machine is %s',
    async (machine, reason) => {
      const stranger = spawn('sleep', ['600'], { stdio: 'ignore' });
      await once(stranger, 'spawn');
      const { pid } = stranger;
      await at.children.started({ pid: pid!, startTime: startTimeOf(pid!)! });
      at.rows.rows.set(SERVICE, {
        state: 'starting',
        reason: null,
        release: null,
        port: null,
      });
      const made = new Deployer({
        logger: mockServices.logger.mock(),
        sandbox: at.sandbox,
        directory: at.directory.resolve('local'),
        rows: at.rows,
        children: at.children,
      });
      await made.start(machine);
      await made.close();
      expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
      expect(at.row).toMatchObject({ reason });
      expect(at.children.alive).toEqual([]);
      stranger.kill('SIGKILL');
      await once(stranger, 'exit');
    },
  );

  it('leaves nothing of a service that is removed', async () => {
    const digest = await at.release();
    const other = await at.release({ greeting: 'other' });
    await at.deploy(digest);
    await at.deployer.prune(SERVICE, [digest]);
    expect(await at.deploy(other)).toEqual({ outcome: 'missing' });
    const { port } = at.row!;
    await at.deployer.remove(SERVICE);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    for (const folder of ['releases', 'logs']) {
      expect(readdirSync(at.directory.resolve('local', folder))).toEqual([]);
    }
    expect(at.children.alive).toEqual([]);
  });
});
