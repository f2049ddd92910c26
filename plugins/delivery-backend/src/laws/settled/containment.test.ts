import { sha } from '../../__testUtils__/harness';
import {
  at,
  committed,
  deployed,
  describeSettled,
  of,
  pulled,
  pushed,
  SHOP,
  SHOP_REPOSITORY,
  untold,
} from '../../__testUtils__/settled';

const LINE = [
  committed('c1', '01T09:00'),
  committed('c2', '02T09:00', ['c1']),
  committed('c3', '03T09:00', ['c2']),
  committed('c4', '04T09:00', ['c3']),
];

const repository = SHOP_REPOSITORY;
const list = (...names: string[]) => ({
  repository,
  commits: names.map(sha),
});

describeSettled('settled: what a deployment contains', settled => {
  const methods = async () =>
    Object.fromEntries(
      Object.entries(await settled().rows()).map(([id, row]) => [
        id,
        row.method,
      ]),
    );

  it('counts nothing for the seed and everything since for the next', async () => {
    await settled().say(
      ...LINE,
      deployed('d1', '02T10:00', of('c2')),
      deployed('d2', '04T10:00', of('c4')),
    );
    expect(await settled().brought()).toEqual({ d2: ['c3', 'c4'] });
    const { d1, d2 } = await settled().rows();
    expect([d1.seed, d2.seed]).toEqual([true, false]);
    expect([d1.changes, d2.changes]).toEqual([0, 2]);
  });

  it('moves the seed when older history arrives', async () => {
    await settled().say(...LINE, deployed('d2', '02T10:00', of('c2')));
    expect(await settled().brought()).toEqual({});
    await settled().say(deployed('d1', '01T10:00', of('c1')));
    expect(await settled().brought()).toEqual({ d2: ['c2'] });
    expect((await settled().rows()).d2).toMatchObject({ seed: false });
  });

  it('counts everything reachable from a seed as deployed, also where it carries a list', async () => {
    await settled().say(
      ...LINE,
      deployed('d1', '03T10:00', { ...of('c3'), commits: [sha('c3')] }),
      deployed('d2', '04T10:00', of('c4')),
    );
    expect(await settled().brought()).toEqual({ d2: ['c4'] });
  });

  it('gives a change to the first success and to no earlier one: release branches', async () => {
    await settled().say(
      committed('c1', '01T09:00'),
      committed('r1', '02T09:00', ['c1']),
      committed('m1', '02T10:00', ['c1']),
      committed('m2', '03T09:00', ['m1', 'r1']),
      deployed('seed', '01T10:00', of('c1')),
      deployed('main1', '02T11:00', of('m1')),
      deployed('release', '02T12:00', of('r1')),
      // previous..this would find m1 again here, and r1 in the next.
      deployed('main2', '03T10:00', of('m2')),
      deployed('release2', '03T11:00', of('r1')),
    );
    expect(await settled().brought()).toEqual({
      main1: ['m1'],
      release: ['r1'],
    });
    // A merge commit is no change.
    expect((await settled().rows()).main2).toMatchObject({ changes: 0 });
  });

  it('links nothing to a rollback and nothing again to what follows it', async () => {
    await settled().say(
      ...LINE,
      deployed('d1', '01T10:00', of('c1')),
      deployed('d2', '02T10:00', of('c2')),
      deployed('back', '02T11:00', { ...of('c1'), kind: 'rollback' }),
      deployed('d3', '03T10:00', of('c3')),
    );
    expect(await settled().brought()).toEqual({ d2: ['c2'], d3: ['c3'] });
  });

  it('counts a redeploy of the same sha and links nothing to it, whenever it is told', async () => {
    await settled().say(...LINE, deployed('d1', '01T10:00', of('c1')));
    await settled().say(deployed('d2', '02T10:00', of('c2')));
    await settled().say(deployed('d3', '02T11:00', of('c2')));
    expect(await settled().brought()).toEqual({ d2: ['c2'] });
    expect(await methods()).toEqual({
      d1: 'reachability',
      d2: 'reachability',
      d3: 'reachability',
    });
    const { metrics } = await settled().metrics([SHOP]);
    expect(metrics.deploymentFrequency.deployments).toBe(3);
  });

  it('lets an explicit list decide alone, and an empty one say nothing', async () => {
    await settled().say(
      ...LINE,
      deployed('d1', '01T10:00', of('c1')),
      deployed('d2', '02T10:00', { ...of('c2'), commits: [] }),
      deployed('d3', '04T10:00', { ...of('c4'), commits: [sha('c4')] }),
    );
    expect(await settled().brought()).toEqual({ d3: ['c4'] });
    expect(await methods()).toMatchObject({
      d2: 'explicit-list',
      d3: 'explicit-list',
    });
  });

  it('keeps commits of a list that nobody told about, and dates them when told', async () => {
    await settled().say(
      deployed('d1', '01T10:00', list('c1')),
      deployed('d2', '02T10:00', list('c2')),
    );
    const before = await settled().metrics([SHOP]);
    expect(before.metrics.leadTime).toMatchObject({
      count: 0,
      unknownStart: 1,
    });
    await settled().say(committed('c2', '02T09:00', ['c1']));
    const after = await settled().metrics([SHOP]);
    expect(after.metrics.leadTime).toMatchObject({
      count: 1,
      unknownStart: 0,
      p50: { value: 3600 },
    });
  });

  it('ends a walk at unknown parents, and goes on when the late commit comes', async () => {
    await settled().say(
      LINE[0],
      LINE[2],
      deployed('d1', '01T10:00', of('c1')),
      deployed('d3', '03T10:00', of('c3')),
    );
    expect(await settled().brought()).toEqual({ d3: ['c3'] });
    expect((await settled().rows()).d3).toMatchObject({ confidence: 'high' });
    await settled().say(LINE[1]);
    expect(await settled().brought()).toEqual({ d3: ['c2', 'c3'] });
    expect((await settled().rows()).d3).toMatchObject({
      confidence: 'certain',
    });
  });

  it('ends a walk over commits that claim each other as parents', async () => {
    await settled().say(
      committed('x', '02T09:00', ['y', 'c1']),
      committed('y', '02T09:30', ['x']),
      deployed('d1', '01T10:00', of('c1')),
      deployed('d2', '02T10:00', of('y')),
    );
    expect(await settled().brought()).toEqual({ d2: ['y'] });
  });

  it('contains a pull request by its merge sha or by any of its commits', async () => {
    await settled().say(
      ...LINE,
      pulled(1, '02T08:00', { mergeSha: sha('c2') }),
      pulled(2, '03T08:00', { commits: [sha('b1'), sha('c3')] }),
      pulled(3, '03T08:00', { commits: [sha('elsewhere')] }),
      deployed('d1', '01T10:00', of('c1')),
      deployed('d2', '02T10:00', of('c2')),
      deployed('d3', '03T10:00', of('c3')),
    );
    expect(await settled().brought()).toEqual({
      d2: ['#1', 'c2'],
      d3: ['#2', 'c3'],
    });
  });

  it('maps a squashed commit to its pull request, once it is merged', async () => {
    await settled().say(
      committed('c1', '01T09:00'),
      committed('c2', '02T09:00', ['c1'], { title: 'Add a cart (#7)' }),
      pulled(7, '01T12:00', { mergedAt: undefined, commits: [sha('b1')] }),
      deployed('d1', '01T10:00', of('c1')),
      deployed('d2', '02T10:00', of('c2')),
    );
    expect(await settled().brought()).toEqual({ d2: ['c2'] });
    await settled().say(
      pulled(7, '02T08:59', { openedAt: at('01T12:00'), commits: [sha('b1')] }),
    );
    expect(await settled().brought()).toEqual({ d2: ['#7', 'c2'] });
    // The branch commit gives the pull request its start.
    await settled().say(committed('b1', '01T10:00'));
    const { metrics } = await settled().metrics([SHOP], {
      unit: 'pull_request',
    });
    expect(metrics.leadTime).toMatchObject({ count: 1, p50: { value: 86400 } });
  });

  it.each([
    ['merge-sha', { mergeSha: sha('m'), commits: [sha('b')] }, ['#1', 'b']],
    ['head-sha', { headSha: sha('m'), commits: [sha('b')] }, ['#1', 'b']],
    ['merge-sha', { mergeSha: sha('m') }, ['#1']],
    ['head-sha', { headSha: sha('m') }, ['#1']],
  ])(
    'explains an unknown sha by %s, and a redeploy of it brings nothing',
    async (method, fields, brought) => {
      await settled().say(
        committed('c1', '01T09:00'),
        deployed('d1', '01T10:00', of('c1')),
        deployed('d2', '02T10:00', of('m')),
        pulled(1, '02T08:00', fields),
      );
      await settled().say(deployed('d3', '02T11:00', of('m')));
      expect(await settled().brought()).toEqual({ d2: brought });
      expect(await methods()).toMatchObject({ d2: method });
    },
  );

  it('finds what an artifact was built from, whichever is told first', async () => {
    const artifact = 'pkg:oci/shop@sha256:1';
    const built = deployed('built', '02T09:30', {
      ...of('c2'),
      artifact,
      environment: 'staging',
    });
    await settled().say(
      LINE[0],
      deployed('d1', '01T10:00', of('c1')),
      deployed('d2', '02T10:00', { artifact }),
    );
    expect(await methods()).toMatchObject({ d2: 'none' });
    await settled().say(built);
    expect(await methods()).toMatchObject({ d2: 'none' });
    await settled().say(LINE[1]);
    expect(await methods()).toMatchObject({ d2: 'artifact-map' });
    expect(await settled().brought()).toEqual({ d2: ['c2'] });
    await settled().say({
      ...built,
      deleted: true,
      occurredAt: at('05T00:00'),
    });
    expect(await methods()).toMatchObject({ d2: 'none' });
  });

  it('finds the same in a history too long for one go', async () => {
    const count = 520;
    const start = Date.parse(at('01T00:00'));
    const time = (n: number) => new Date(start + n * 60_000).toISOString();
    const names = Array.from({ length: count }, (_, n) => `n${n}`);
    await settled().say(
      ...names.map((name, n) => ({
        ...committed(name, '01T00:00', n > 0 ? [`n${n - 1}`] : []),
        committedAt: time(n),
      })),
      // Each brings the next commit, twice, and now and then by a list.
      ...names.flatMap((name, n) => [
        deployed(name, '01T00:00', {
          finishedAt: time(n),
          ...of(name),
          ...(n % 7 === 3 ? { commits: [sha(name)] } : {}),
        }),
        deployed(`${name}-again`, '01T00:00', {
          finishedAt: time(n + 0.5),
          ...of(name),
        }),
      ]),
    );
    expect(await settled().brought()).toEqual(
      Object.fromEntries(names.slice(1).map(name => [name, [name]])),
    );
    expect((await settled().rows()).n0).toMatchObject({ seed: true });
  });

  it('touches several repositories by one deployment of one id', async () => {
    const other = 'github.com/acme/other';
    await settled().say(
      ...LINE,
      committed('o1', '01T09:00', [], { repository: other }),
      committed('o2', '02T09:00', ['o1'], { repository: other }),
      deployed('d1', '01T10:00', {
        parts: [of('c1'), { repository: other, sha: sha('o1') }],
      }),
      deployed('d2', '02T10:00', {
        parts: [of('c2'), { repository: other, sha: sha('o2') }],
      }),
    );
    expect(await settled().brought()).toEqual({ d2: ['c2', 'o2'] });
    const { metrics } = await settled().metrics([SHOP]);
    expect(metrics.deploymentFrequency.deployments).toBe(2);
  });

  it('leaves unknown starts out and counts them; clamps what would be negative', async () => {
    await settled().say(
      committed('c1', '01T09:00'),
      committed('c2', '02T12:00', ['c1']),
      deployed('d1', '01T10:00', of('c1')),
      deployed('d2', '02T10:00', of('c2')),
    );
    const { metrics } = await settled().metrics([SHOP]);
    expect(metrics.leadTime).toMatchObject({
      count: 1,
      clamped: 1,
      p50: { value: 0 },
    });
    const byPush = await settled().metrics([SHOP], { start: 'pushed' });
    expect(byPush.metrics.leadTime).toMatchObject({
      count: 0,
      unknownStart: 1,
      p50: { value: null },
    });
  });
});

const MERGED = [
  committed('c1', '01T09:00'),
  committed('b1', '02T08:00', ['c1'], { bot: true }),
  committed('m1', '02T09:00', ['c1', 'b1']),
  deployed('d1', '01T10:00', of('c1')),
  deployed('d2', '02T10:00', of('m1')),
];

describeSettled('settled: bots count and merges do not', settled => {
  it('unless said otherwise', async () => {
    await settled().say(...MERGED);
    expect(await settled().brought()).toEqual({ d2: ['b1'] });
  });

  it('also where only pushes and a pull request show the merge', async () => {
    await settled().say(
      MERGED[0],
      MERGED[3],
      pushed('main', 'c1', 'm1', ['b1', 'm1'], '02T09:00'),
      untold('b1', '02T08:00'),
      untold('m1', '02T09:00'),
      pulled(3, '02T09:00', { mergeSha: sha('m1'), commits: [sha('b1')] }),
      MERGED[4],
    );
    expect(await settled().brought()).toEqual({ d2: ['#3', 'b1'] });
  });
});

describeSettled(
  'settled: merges count by configuration',
  settled => {
    it('as any change', async () => {
      await settled().say(...MERGED);
      expect(await settled().brought()).toEqual({ d2: ['b1', 'm1'] });
    });
  },
  { countMergeCommits: true },
);

describeSettled(
  'settled: merges and bots switched off',
  settled => {
    it('are deployed and not counted', async () => {
      await settled().say(
        ...MERGED,
        committed('c2', '03T09:00', ['m1']),
        deployed('d3', '03T10:00', of('c2')),
      );
      expect(await settled().brought()).toEqual({ d3: ['c2'] });
    });
  },
  { countBots: false },
);
