import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { SHOP } from './__testUtils__/organisation';
import {
  createTestBackend,
  type TestBackend,
} from './__testUtils__/testBackend';

const SCRIPT = join(__dirname, '../../../packages/cab-gate/bin/cab-gate.cjs');
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const TOKEN = mockCredentials.service.token();

function run(url: string, args: string[], env: Record<string, string> = {}) {
  return new Promise<{ code: number; said: string }>(resolve => {
    execFile(
      process.execPath,
      [SCRIPT, ...args],
      {
        env: {
          PATH: process.env.PATH!,
          CAB_URL: url,
          CAB_TOKEN: TOKEN,
          ...env,
        },
      },
      (error, stdout, stderr) =>
        resolve({
          code: Number(error?.code ?? 0),
          said: `${stdout}${stderr}`.trim(),
        }),
    );
  });
}

const ABOUT = ['--entity', SHOP, '--environment', 'test'];
const RUN = ['--run-url', 'https://ci.example/runs/1'];

describe.each(databases.eachSupportedId())('cab-gate, %s', id => {
  let backend: TestBackend;
  let url: string;
  beforeAll(async () => {
    backend = await createTestBackend(await databases.init(id));
    url = `http://127.0.0.1:${backend.server.port()}/api/cab`;
  });
  afterAll(() => backend.stop());

  const gate = (command: string, sha: string, ...more: string[]) =>
    run(url, [command, ...ABOUT, '--commit', sha, ...more]);
  const ask = (sha: string, ...more: string[]) =>
    gate('ask', sha, ...RUN, ...more);

  it('asks for it, waits, starts and finishes', async () => {
    const sha = backend.nextSha();
    expect(await ask(sha)).toEqual({
      code: 1,
      said: expect.stringContaining('deny (NO_CHANGE)'),
    });
    const request = [
      '--title',
      'Mend it',
      '--on-behalf-of',
      'user:default/sam',
    ];
    const asked = await gate('request', sha, ...request, '--json');
    expect(asked.code).toBe(0);
    const { changeId, state, url: page, created } = JSON.parse(asked.said);
    expect({ state, page, created }).toEqual({
      state: expect.stringMatching(/_review$/),
      page: expect.stringContaining(`/changes/${changeId}`),
      created: true,
    });
    const again = await gate('request', sha, ...request, '--json');
    expect(JSON.parse(again.said)).toMatchObject({ changeId, created: false });
    const change = await backend.get(changeId);
    expect(change.submitter).toBe('user:default/sam');

    expect(await ask(sha)).toMatchObject({ code: 75 });
    expect(await ask(sha, '--advisory')).toEqual({
      code: 0,
      said: expect.stringContaining('advisory: it would end with 75'),
    });
    const early = await gate('started', sha, ...RUN);
    expect(early).toEqual({
      code: 1,
      said: expect.stringContaining('409: The gate did not let this run'),
    });

    const waiting = gate('wait', sha, ...RUN, '--timeout', '5');
    await approve(change);
    expect(await waiting).toEqual({
      code: 0,
      said: expect.stringContaining('allow (APPROVED)'),
    });
    // Another run has no part in the leave of this one.
    expect(
      (await gate('started', sha, '--run-url', 'https://ci.example/2')).code,
    ).toBe(1);
    for (let turn = 0; turn < 2; turn++) {
      expect(await gate('started', sha, ...RUN)).toEqual({
        code: 0,
        said: `cab-gate: ${changeId} is implementing`,
      });
    }
    for (let turn = 0; turn < 2; turn++) {
      expect(
        await gate('finished', sha, ...RUN, '--outcome', 'succeeded'),
      ).toEqual({ code: 0, said: `cab-gate: ${changeId} is implemented` });
    }
    const { timeline } = await backend.get(changeId);
    expect(
      timeline.filter(({ type }) => type.startsWith('deploy_')),
    ).toHaveLength(2);
  });

  it('asks on behalf of nobody but the owners', async () => {
    const sha = backend.nextSha();
    for (const who of ['pia', 'nobody-at-all']) {
      expect(
        await gate(
          'request',
          sha,
          ...['--title', 'Mend it', '--on-behalf-of', `user:default/${who}`],
        ),
      ).toEqual({
        code: 1,
        said: expect.stringContaining('403: user:default/'),
      });
    }
  });

  async function approve(change: Change) {
    const pool = change.requirement!.pool.includes('group:default/board')
      ? ['bea', 'ben']
      : ['sue'];
    for (const who of pool) await backend.vote(who, change).expect(200);
  }
});

describe('an answer that is none', () => {
  let server: Server;
  let answer: { status: number; body: string; headers?: object };
  let requests = 0;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      requests += 1;
      response.writeHead(answer.status, { ...answer.headers });
      response.end(answer.body);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });
  afterAll(
    () =>
      new Promise(resolve => {
        server.close(resolve);
      }),
  );
  const ask = (...more: string[]) =>
    run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, [
      'ask',
      ...ABOUT,
      ...RUN,
      ...['--commit', 'a'.repeat(40)],
      ...more,
    ]);
  const allow = {
    verdict: 'allow',
    reasonCode: 'APPROVED',
    reason: { text: 'It is approved\n::set-output name=x::y\u001b[31m' },
    changeId: null,
    expiresAt: '2026-11-30T12:00:00.000Z',
    retryAt: null,
  };

  it.each<[string, number, unknown, number]>([
    ['an allow', 200, allow, 0],
    ['no JSON', 200, '<html>allow</html>', 1],
    ['nothing', 200, '', 1],
    ['another word', 200, { ...allow, verdict: 'ALLOW' }, 1],
    ['an allow without an end', 200, { ...allow, expiresAt: null }, 1],
    ['a deny', 200, { ...allow, verdict: 'deny' }, 1],
    [
      'a deny that ends',
      200,
      { ...allow, verdict: 'deny', retryAt: allow.expiresAt },
      75,
    ],
    ['pending', 200, { ...allow, verdict: 'pending' }, 75],
    ['away', 503, { error: { message: 'The database is away' } }, 75],
    ['no leave', 403, { error: { message: 'Not you' } }, 1],
    ['a fault', 500, '', 1],
    ['too much', 200, `"${'a'.repeat(2_000_000)}"`, 1],
  ])('%s', async (_what, status, body, code) => {
    answer = {
      status,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    };
    const told = await ask();
    expect(told.code).toBe(code);
    // What others wrote stays on its line.
    expect(told.said).not.toMatch(/^::/m);
    expect(told.said).not.toContain('\u001b');
    expect((await ask('--advisory')).code).toBe(0);
  });

  it('follows nobody with its token, and sends it nowhere unencrypted', async () => {
    answer = {
      status: 302,
      body: '',
      headers: { location: 'http://127.0.0.1:1/' },
    };
    expect((await ask()).code).toBe(1);
    const before = requests;
    for (const other of [
      'http://portal.example.com/api/cab',
      'ftp://127.0.0.1/',
      'https://user:word@portal.example.com/',
      'no address',
    ]) {
      expect((await ask('--url', other)).code).toBe(1);
    }
    expect(requests).toBe(before);
  });

  it.each([
    [['wait', '--timeout', 'long']],
    [['ask', '--what']],
    [['allow']],
    [[]],
    [['ask', '--entity']],
  ])('says what is wrong with %j', async args => {
    const told = await run('http://127.0.0.1:1', args);
    expect(told.code).toBe(1);
    expect(told.said).toMatch(/^cab-gate: /);
  });
});
