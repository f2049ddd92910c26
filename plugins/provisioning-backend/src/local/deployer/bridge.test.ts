import { createMockDirectory } from '@backstage/backend-test-utils';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { BoundedLog } from '../logs/boundedLog';
import { copyTo } from '../logs/log';
import { ProcessGroup } from '../processes/processGroup';
import { Bridge } from './bridge';
import { statusOf } from './callService';
import { until } from '../__testUtils__/until';

describe('the bridge', () => {
  const directory = createMockDirectory();
  let bridge: Bridge;

  beforeEach(async () => {
    directory.setContent({ run: {} });
    bridge = await Bridge.listen(directory.resolve('run'));
  });
  afterEach(() => bridge.close());

  /** Calls as a starter would. */
  async function call(): Promise<Socket> {
    const socket = connect(join(bridge.directory, 'socket'));
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  }

  it('gives out calls, each once, in the order they came', async () => {
    const calls = [await call(), await call()];
    const heard = calls.map(socket => once(socket, 'data'));
    for (const word of ['one', 'two']) (await bridge.connect()).write(word);
    const words = await Promise.all(heard);
    expect(words.map(([chunk]) => String(chunk))).toEqual(['one', 'two']);
    await expect(bridge.connect(20)).rejects.toThrow('not there');
  });

  it('waits for a call, in the order it was asked', async () => {
    const asked = [bridge.connect(), bridge.connect()];
    const calls = [await call(), await call()];
    const heard = calls.map(socket => once(socket, 'data'));
    for (const [index, each] of asked.entries()) {
      (await each).write(String(index));
    }
    const words = await Promise.all(heard);
    expect(words.map(([chunk]) => String(chunk))).toEqual(['0', '1']);
  });

  it('forgets who hung up, and hears nobody who was not asked', async () => {
    const gone = await call();
    const talker = await call();
    talker.write('HTTP/1.1 200 I am somebody else\r\n\r\n');
    gone.end();
    await once(gone, 'close');
    talker.once('data', () => talker.end('HTTP/1.1 204 Mine\r\n\r\n'));
    const way = () => bridge.connect();
    expect(await statusOf(way, '/', 'x', 2_000)).toBe(204);
    await expect(bridge.connect(20)).rejects.toThrow('not there');
  });

  it('hangs up on who calls too often, and on everybody in the end', async () => {
    const calls: Socket[] = [];
    for (let n = 0; n < 17; n++) calls.push(await call());
    await once(calls[16].resume(), 'close');
    const closed = calls
      .slice(0, 16)
      .map(socket => once(socket.resume(), 'close'));
    await bridge.close();
    await Promise.all(closed);
    expect(existsSync(bridge.directory)).toBe(false);
  });

  describe('and the starter', () => {
    async function start(packageJson: string) {
      directory.setContent({ run: {}, app: { 'package.json': packageJson } });
      mkdirSync(directory.resolve('run'), { recursive: true });
      bridge = await Bridge.listen(directory.resolve('run'));
      const [file, ...args] = Bridge.command(
        bridge.directory,
        process.execPath,
        1,
        2_000,
      );
      const group = await ProcessGroup.start({
        file,
        args,
        cwd: directory.resolve('app'),
        env: { PATH: process.env.PATH! },
      });
      const log = new BoundedLog();
      const written = Promise.all([
        copyTo(log, group.stdout),
        copyTo(log, group.stderr),
      ]);
      return { group, log, written };
    }

    const script = (text: string) =>
      JSON.stringify({ scripts: { start: text } });

    it.each([
      ['no script', '{}', 127, /has no script "start"/],
      ['a script that fails', script('echo oh >&2; exit 7'), 7, /^oh$/m],
      ['a script that is killed', script('kill -KILL $$'), 137, /^$/],
      ['one that leaves something', script('sleep 60 & echo left'), 0, /left/],
    ])('ends as the service does: %s', async (_, packageJson, code, words) => {
      const { group, log, written } = await start(packageJson);
      expect(await group.ended).toEqual({ code, signal: null });
      await written;
      expect(log.text()).toMatch(words);
    });

    it('ends the service when we hang up, and lets it say its last words', async () => {
      const { group, log, written } = await start(
        script(
          `node -e "process.on('SIGTERM', () => setTimeout(() => { console.log('bye'); process.exit(0); }, 300)); setInterval(() => {}, 1000); console.log('here')"; true`,
        ),
      );
      await until(() => log.text().includes('here'));
      await bridge.close();
      await group.ended;
      await written;
      expect(log.text()).toBe('here\nbye\n');
    });

    it('makes it end when it does not', async () => {
      const { group, log } = await start(
        script('trap "" TERM; echo here; while :; do sleep 1; done'),
      );
      await until(() => log.text().includes('here'));
      await bridge.close();
      expect(await group.ended).toEqual({ code: null, signal: 'SIGKILL' });
    });
  });
});
