import { execFile } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { organisation, SHOP } from './__testUtils__/organisation';
import {
  createTestBackend,
  type TestBackend,
} from './__testUtils__/testBackend';
import { startIssuer, type Issuer } from './evidence/__testUtils__/issuer';
import { cyclonedx, junit, sarif } from './evidence/__testUtils__/samples';

const SCRIPT = join(__dirname, '../../../packages/cab-gate/bin/cab-gate.cjs');
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
// Each piece is read in a thread that begins from sources.
jest.setTimeout(180_000);

function run(args: string[], env: Record<string, string>) {
  return new Promise<{ code: number; said: string }>(resolve => {
    execFile(
      process.execPath,
      [SCRIPT, 'attach', ...args],
      { env: { PATH: process.env.PATH!, ...env } },
      (error, stdout, stderr) =>
        resolve({
          code: Number(error?.code ?? 0),
          said: `${stdout}${stderr}`.trim(),
        }),
    );
  });
}

const listen = async (server: Server) => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

describe('cab-gate attach', () => {
  let issuer: Issuer;
  let backend: TestBackend;
  let directory: string;
  let change: Change;
  let url: string;
  /** Gives out identity tokens as GitHub Actions does. */
  let actions: Server;
  let actionsUrl: string;
  let asked: Array<{ bearer?: string; audience: string | null }>;

  beforeAll(async () => {
    issuer = await startIssuer();
    const entities = organisation();
    const shop = entities.find(({ metadata }) => metadata.name === 'shop')!;
    shop.metadata.annotations = { 'github.com/project-slug': 'org/shop' };
    backend = await createTestBackend(
      await databases.init('SQLITE_3'),
      {
        evidence: {
          issuers: [{ issuer: issuer.issuer, audience: 'fawkes' }],
          readSeconds: 120,
        },
      },
      { entities },
    );
    url = `http://127.0.0.1:${backend.server.port()}/api/cab`;
    directory = await mkdtemp(join(tmpdir(), 'cab-gate-'));
    actions = createServer(async (request, response) => {
      const audience = new URL(request.url!, 'http://x').searchParams.get(
        'audience',
      );
      asked.push({ bearer: request.headers.authorization, audience });
      response.setHeader('Content-Type', 'application/json');
      response.end(
        JSON.stringify({ value: await issuer.token({ sha: change.headSha }) }),
      );
    });
    actionsUrl = await listen(actions);
  });
  afterAll(async () => {
    await backend.stop();
    await issuer.stop();
    await new Promise(resolve => actions.close(resolve));
    await rm(directory, { recursive: true });
  });
  beforeEach(async () => {
    asked = [];
    change = await backend.create('sam', { environment: 'staging' });
  });

  const file = async (name: string, text: string) => {
    const path = join(directory, name);
    await writeFile(path, text);
    return path;
  };
  const about = () => [
    ...['--entity', SHOP, '--environment', 'staging'],
    ...['--commit', change.headSha],
  ];
  const token = async () => ({
    CAB_URL: url,
    CAB_CI_TOKEN: await issuer.token({ sha: change.headSha }),
  });

  it('sends reports as the pipeline, each as what it is', async () => {
    const env = await token();
    for (const [kind, path, more] of [
      ['tests', await file('report.xml', junit()), []],
      ['scan', await file('scan.sarif', sarif()), ['--supersede']],
      ['sbom', await file('bom.json', cyclonedx(2)), []],
    ] as const) {
      const pieces = ['--kind', kind, '--file', path, ...more];
      expect(await run([...about(), ...pieces], env)).toEqual({
        code: 0,
        said: expect.stringMatching(
          new RegExp(
            `^cab-gate: ${kind} is verified\ncab-gate: change request ${change.id} is `,
          ),
        ),
      });
    }
    const { body } = await backend
      .as('sam')
      .get(`/changes/${change.id}/evidence`)
      .expect(200);
    expect(body.missing).toEqual([]);
  });

  it('names the change request itself, and prints the answer as it came', async () => {
    const report = await file('report.xml', junit());
    const { code, said } = await run(
      ['--change', change.id, '--kind', 'tests', '--file', report, '--json'],
      await token(),
    );
    expect(code).toBe(0);
    expect(JSON.parse(said)).toMatchObject({
      changeId: change.id,
      item: { kind: 'tests', mediaType: 'application/xml' },
    });
  });

  it('gets its identity from GitHub Actions, for the audience that is asked for', async () => {
    const report = await file('report.xml', junit());
    const pieces = [...about(), '--kind', 'tests', '--file', report];
    const env = {
      CAB_URL: url,
      ACTIONS_ID_TOKEN_REQUEST_URL: `${actionsUrl}/token?api-version=2`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-the-job',
    };
    expect((await run(pieces, env)).code).toBe(0);
    expect(asked).toEqual([
      { bearer: 'Bearer of-the-job', audience: 'fawkes' },
    ]);
    await run([...pieces, '--audience', 'else'], env);
    expect(asked[1].audience).toBe('else');
  });

  it('fails where what it sent counts for nothing', async () => {
    const broken = await file('broken.xml', '<testsuite>');
    expect(
      await run(
        [...about(), '--kind', 'tests', '--file', broken],
        await token(),
      ),
    ).toEqual({
      code: 1,
      said: expect.stringMatching(/^cab-gate: tests is failed: ./),
    });
  });

  it.each<[string, string[], Record<string, string>, string]>([
    ['no kind', [], {}, '--kind is missing'],
    [
      'a kind of its own',
      ['--kind', 'toString'],
      {},
      '--kind toString is none: tests, scan',
    ],
    ['no file', ['--kind', 'scan'], {}, '--file is missing'],
    [
      'no identity',
      ['--kind', 'scan', '--file', SCRIPT],
      { CAB_CI_TOKEN: '' },
      'CAB_CI_TOKEN is missing. On GitHub',
    ],
    [
      'an identity that is asked for in the open',
      ['--kind', 'scan', '--file', SCRIPT],
      {
        CAB_CI_TOKEN: '',
        ACTIONS_ID_TOKEN_REQUEST_URL: 'http://ci.example/token',
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x',
      },
      'ACTIONS_ID_TOKEN_REQUEST_URL has to begin with https://',
    ],
    [
      'an identity nobody vouches for',
      ['--kind', 'scan', '--file', SCRIPT],
      { CAB_CI_TOKEN: 'x.y.z' },
      '403: ',
    ],
  ])('says what is wrong with %s', async (_, args, more, words) => {
    const { code, said } = await run([...about(), ...args], {
      ...(await token()),
      ...more,
    });
    expect({ code, said }).toEqual({
      code: 1,
      said: expect.stringContaining(words),
    });
  });

  it('does not begin with what nobody would take', async () => {
    const large = await file('large.xml', '');
    await truncate(large, 25 * 1024 * 1024 + 1);
    const { code, said } = await run(
      [...about(), '--kind', 'tests', '--file', large],
      await token(),
    );
    expect(code).toBe(1);
    expect(said).toContain('25 MiB are taken at most');
  });

  it('tries again while too much is read, and says so when time is up', async () => {
    let turns = 0;
    const busy = createServer((request, response) => {
      turns += 1;
      request.resume().on('end', () => {
        response.writeHead(503, { 'Retry-After': '0' });
        response.end('{"error":{"message":"Too much is being read"}}');
      });
    });
    try {
      const report = await file('report.xml', junit());
      const { code, said } = await run(
        [...about(), '--kind', 'tests', '--file', report, '--timeout', '0.2'],
        { ...(await token()), CAB_URL: await listen(busy) },
      );
      expect(code).toBe(75);
      expect(turns).toBeGreaterThan(1);
      expect(said).toContain('503: Too much is being read');
    } finally {
      busy.close();
    }
  });
});
