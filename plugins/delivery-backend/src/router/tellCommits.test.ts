import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';

const run = promisify(execFile);
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const PAGE = resolve(__dirname, '../../../../docs/delivery/send-events.md');

const AT = Date.parse('2026-03-02T10:00:00Z') / 1000;
const COMMITS = [
  { time: AT, title: 'The first' },
  // A clock that was never set.
  { time: 0, title: `It's "odd" \\ $(touch x) ${'long '.repeat(200)}` },
  { time: AT + 3600, title: 'Zwölf 🚀' },
];

/** The function that the page tells people to run, run as they would. */
describe.each(databases.eachSupportedId())('tell_commits, %s', id => {
  let backend: TestBackend;
  let folder: string;
  beforeAll(async () => {
    backend = await createTestBackend({ db: await databases.init(id) });
    folder = await mkdtemp(join(tmpdir(), 'tell-commits-'));
    const git = (args: string[], time = AT) =>
      run('git', args, {
        cwd: folder,
        env: {
          ...process.env,
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_CONFIG_SYSTEM: '/dev/null',
          GIT_AUTHOR_NAME: 'Ada "Quote" O\'Neil',
          GIT_AUTHOR_EMAIL: 'ada@example.com',
          GIT_COMMITTER_NAME: 'Ada',
          GIT_COMMITTER_EMAIL: 'ada@example.com',
          GIT_AUTHOR_DATE: `@${time} +0530`,
          GIT_COMMITTER_DATE: `@${time} -0800`,
        },
      });
    await git(['init', '--quiet', '--initial-branch=main']);
    for (const { time, title } of COMMITS) {
      await git(['commit', '--quiet', '--allow-empty', '-m', title], time);
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  const tell = async () => {
    const page = await readFile(PAGE, 'utf8');
    const [shown] = /^tell_commits\(\) \{\n[^]*?^\}$/m.exec(page)!;
    const { port } = backend.server.address() as AddressInfo;
    const { stdout } = await run(
      'bash',
      ['-c', `${shown}\ntell_commits github.com/acme/cart`],
      {
        cwd: folder,
        env: {
          ...process.env,
          PORTAL: `http://localhost:${port}`,
          FAWKES_PIPELINE_TOKEN: mockCredentials.user.token(),
          no_proxy: 'localhost',
        },
      },
    );
    return JSON.parse(stdout);
  };

  it('tells every commit, and one with an odd clock costs nothing but its time', async () => {
    expect(await tell()).toMatchObject({ accepted: 3, rejected: 0 });
    await backend.settle();
    const rows = await backend
      .db('commits')
      .select('sha', 'parents', 'committed_at', 'known');
    const byTime = [...rows].sort(
      (a, b) =>
        (a.committed_at ?? AT * 1000 + 1) - (b.committed_at ?? AT * 1000 + 1),
    );
    expect(byTime.map(row => row.committed_at)).toEqual([
      AT * 1000,
      null,
      (AT + 3600) * 1000,
    ]);
    expect(byTime.map(row => JSON.parse(row.parents))).toEqual([
      [],
      [byTime[0].sha],
      [byTime[1].sha],
    ]);
  });

  it('tells them again without telling anything new', async () => {
    expect(await tell()).toMatchObject({ duplicate: 3, accepted: 0 });
  });
});
