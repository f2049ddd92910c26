import { removeSource } from '../../intake/removeSource';
import { sha } from '../../__testUtils__/harness';
import {
  at,
  broke,
  CART,
  committed,
  deployed,
  describeSettled,
  of,
  pulled,
  pushed,
  SHOP,
  SHOP_REPOSITORY,
  untold,
  type Settled,
} from '../../__testUtils__/settled';

const OTHER = 'github.com/acme/other';

async function shopQuality(settled: Settled) {
  const { services } = await settled.quality();
  return services.find(({ service }) => service === SHOP)!;
}

describeSettled('settled: pushes', settled => {
  const confidence = async (id: string) =>
    (await settled().rows())[id].confidence;

  it('say what a commit reaches as long as nobody tells parents', async () => {
    const told = [
      untold('a', '01T08:00'),
      deployed('d1', '01T09:00', of('a')),
      untold('b', '02T08:00'),
      untold('c', '02T09:00'),
      untold('d', '02T10:00'),
      pushed('main', 'a', 'd', ['b', 'c', 'd'], '02T10:01'),
      deployed('d2', '02T11:00', of('d')),
    ];
    for (const order of [told, [...told].reverse()]) {
      await settled().clear();
      await settled().map({ service: SHOP, repositories: [SHOP_REPOSITORY] });
      for (const event of order) await settled().say(event);
      expect(await settled().brought()).toEqual({ d2: ['b', 'c', 'd'] });
      expect(await confidence('d2')).toBe('medium');
    }
    expect(await shopQuality(settled())).toMatchObject({
      unknownParents: 4,
    });
  });

  it('give way to parents without losing anything', async () => {
    await settled().say(
      untold('a', '01T08:00'),
      deployed('d1', '01T09:00', of('a')),
      untold('b', '02T08:00'),
      untold('c', '02T09:00'),
      pushed('main', 'a', 'c', ['b', 'c'], '02T10:01'),
      deployed('d2', '02T11:00', of('c')),
      committed('c', '02T09:00', ['b']),
    );
    // The last one is known by its parents; the one before it is not.
    expect(await settled().brought()).toEqual({ d2: ['b', 'c'] });
    await settled().say(
      committed('b', '02T08:00', ['a']),
      committed('a', '01T08:00'),
    );
    expect(await settled().brought()).toEqual({ d2: ['b', 'c'] });
    expect(await confidence('d2')).toBe('certain');
  });

  it.each([
    ['created the branch', { before: undefined, complete: undefined }],
    ['were forced', { forced: true }],
    ['were cut', { complete: undefined }],
  ])('that %s say nothing of what was before', async (_, fields) => {
    await settled().say(
      untold('a', '01T08:00'),
      deployed('d1', '01T09:00', of('a')),
      untold('b', '02T08:00'),
      untold('c', '02T09:00'),
      JSON.parse(
        JSON.stringify(
          pushed('main', 'a', 'c', ['b', 'c'], '02T10:01', fields),
        ),
      ),
      deployed('d2', '02T11:00', of('c')),
    );
    expect(await settled().brought()).toEqual({ d2: ['c'] });
    expect(await confidence('d2')).toBe('medium');
  });

  it('are taken back by a tombstone', async () => {
    const push = pushed('main', 'a', 'c', ['b', 'c'], '02T10:01');
    await settled().say(
      untold('a', '01T08:00'),
      deployed('d1', '01T09:00', of('a')),
      untold('b', '02T08:00'),
      untold('c', '02T09:00'),
      push,
      deployed('d2', '02T11:00', of('c')),
    );
    expect(await settled().brought()).toEqual({ d2: ['b', 'c'] });
    await settled().say({ ...push, deleted: true, occurredAt: at('03T00:00') });
    expect(await settled().brought()).toEqual({ d2: ['c'] });
  });
});

describeSettled('settled: commits of a pull request nobody lists', settled => {
  const leadTime = async () =>
    (await settled().metrics([SHOP], { unit: 'pull_request' })).metrics
      .leadTime;
  const merged = (fields: object = {}) => [
    untold('a', '01T08:00'),
    deployed('d1', '01T09:00', of('a')),
    pulled(1, '02T10:00', {
      headBranch: 'one',
      headSha: sha('h2'),
      mergeSha: sha('m'),
      ...fields,
    }),
    untold('m', '02T10:00', { title: 'One (#1)' }),
    pushed('main', 'a', 'm', ['m'], '02T10:00'),
    deployed('d2', '02T11:00', of('m')),
  ];

  it('are what was pushed to its branch until that was created', async () => {
    await settled().say(
      ...merged(),
      untold('h1', '02T07:00'),
      untold('h2', '02T08:00'),
      pushed('one', undefined, 'h1', ['h1'], '02T07:01'),
      pushed('one', 'h1', 'h2', ['h2'], '02T08:01'),
    );
    expect(await settled().brought()).toEqual({ d2: ['#1', 'm'] });
    expect(await leadTime()).toMatchObject({
      unknownStart: 0,
      p50: { value: 4 * 3600 },
    });
  });

  it('begin anew with a forced push', async () => {
    await settled().say(
      untold('h0', '02T05:00'),
      untold('h2', '02T08:00'),
      pushed('one', undefined, 'h0', ['h0'], '02T05:01'),
      pushed('one', 'h0', 'h2', ['h2'], '02T08:01', { forced: true }),
      ...merged(),
    );
    expect(await leadTime()).toMatchObject({ p50: { value: 3 * 3600 } });
  });

  it('are not what the base branch carried before', async () => {
    await settled().say(
      ...merged(),
      untold('x', '01T00:00'),
      untold('h1', '02T07:00'),
      untold('h2', '02T08:00'),
      pushed('one', undefined, 'h1', ['h1'], '02T07:01'),
      // The base branch was merged into it.
      pushed('one', 'h1', 'h2', ['x', 'h2'], '02T08:01'),
      pushed('main', 'z', 'x', ['x'], '01T00:01'),
    );
    expect(await leadTime()).toMatchObject({ p50: { value: 4 * 3600 } });
  });

  it.each([
    ['a fork', { headBranch: 'somebody:one' }],
    ['a gap', {}],
  ])('are unknown with %s, with a code, and counted', async (_, fields) => {
    await settled().say(...merged(fields));
    expect(await leadTime()).toMatchObject({
      unknownStart: 1,
      p50: { value: null, code: 'lead.unknown_branch.window' },
    });
    expect(await shopQuality(settled())).toMatchObject({
      unknownBranches: 1,
    });
  });
});

describeSettled('settled: seeds', settled => {
  const history = (repository: string, name: string, count: number) =>
    Array.from({ length: count }, (_, n) =>
      committed(
        `${name}${n}`,
        `0${n + 1}T08:00`,
        n > 0 ? [`${name}${n - 1}`] : [],
        { repository },
      ),
    );
  const part = (repository: string, name: string) => ({
    repository,
    sha: sha(name),
  });
  const both = (id: string, time: string, own: string, other: string) =>
    deployed(id, time, {
      parts: [part(SHOP_REPOSITORY, own), part(OTHER, other)],
    });

  it('are told per repository: a second one joins', async () => {
    await settled().say(
      ...history(SHOP_REPOSITORY, 'a', 4),
      ...history(OTHER, 'x', 4),
      deployed('d1', '01T09:00', part(SHOP_REPOSITORY, 'a0')),
      both('d2', '02T09:00', 'a1', 'x1'),
      both('d3', '03T09:00', 'a2', 'x2'),
    );
    expect(await settled().brought()).toEqual({
      d2: ['a1'],
      d3: ['a2', 'x2'],
    });
    const { d1, d2, d3 } = await settled().rows();
    expect([d1, d2, d3].map(row => Boolean(row.seed))).toEqual([
      true,
      false,
      false,
    ]);
    expect([d1, d2, d3].map(row => JSON.parse(row.seed_repositories))).toEqual([
      [SHOP_REPOSITORY],
      [OTHER],
      [],
    ]);
  });

  it('begin again with a history that meets nothing deployed before', async () => {
    await settled().say(
      ...history(SHOP_REPOSITORY, 'a', 2),
      ...history(SHOP_REPOSITORY, 'r', 4),
      deployed('d1', '01T09:00', of('a0')),
      deployed('d2', '02T09:00', of('a1')),
      deployed('d3', '03T09:00', of('r2')),
      deployed('d4', '04T09:00', of('r3')),
    );
    expect(await settled().brought()).toEqual({ d2: ['a1'], d4: ['r3'] });
    expect((await settled().rows()).d3).toMatchObject({ changes: 0 });
  });

  it('leave a list its word', async () => {
    await settled().say(
      ...history(OTHER, 'x', 3),
      deployed('d1', '01T09:00', of('a')),
      deployed('d2', '03T09:00', {
        parts: [{ ...part(OTHER, 'x2'), commits: [sha('x2')] }],
      }),
    );
    expect(await settled().brought()).toEqual({ d2: ['x2'] });
  });

  it('hide for all chains what they carried before it would count', async () => {
    const seed = (id: string, time: string, name: string) =>
      deployed(id, time, { ...of(name), environment: 'production' });
    await settled().say(
      ...history(SHOP_REPOSITORY, 'a', 4),
      deployed('p1', '01T09:00', { ...of('a0'), environment: 'prod' }),
      seed('q1', '02T09:00', 'a1'),
      deployed('p2', '03T09:00', { ...of('a1'), environment: 'prod' }),
    );
    expect(await settled().brought()).toEqual({});
    // Older history makes it no seed any more, and the change is new after all.
    await settled().say(seed('q0', '01T10:00', 'a0'));
    expect(await settled().brought()).toEqual({ q1: ['a1'] });
    // A later seed takes nothing away.
    await settled().say(
      deployed('p3', '04T09:00', { ...of('a3'), environment: 'prod' }),
    );
    expect(await settled().brought()).toEqual({
      q1: ['a1'],
      p3: ['a2', 'a3'],
    });
  });
});

describeSettled('settled: one deployment, however it is told', settled => {
  const frequency = async () =>
    (await settled().metrics([SHOP])).metrics.deploymentFrequency.deployments;
  const rates = async () => {
    const { metrics } = await settled().metrics([SHOP]);
    const { failed, finished } = metrics.changeFailRate;
    return { failed, finished, ...metrics.deploymentFrequency };
  };

  it('has one chain, whatever upper and lower case say', async () => {
    await settled().say(
      committed('a', '01T08:00'),
      committed('b', '02T08:00', ['a']),
      committed('c', '03T08:00', ['b']),
      deployed('d1', '01T09:00', { ...of('a'), environment: 'Production' }),
      deployed('d2', '02T09:00', of('b')),
      deployed('d3', '03T09:00', { ...of('c'), environment: 'PRODUCTION' }),
    );
    expect(await settled().brought()).toEqual({ d2: ['b'], d3: ['c'] });
  });

  it('is one under one id, in the newest spelling', async () => {
    await settled().say(
      deployed('d1', '01T09:00', { environment: 'Production' }),
      deployed('d1', '01T09:05'),
    );
    expect(await frequency()).toBe(1);
    expect((await settled().rows()).d1).toMatchObject({
      environment: 'production',
      finished_at: Date.parse(at('01T09:00')),
    });
  });

  it('finishes with its first success', async () => {
    await settled().say(
      committed('a', '01T08:00'),
      committed('b', '02T08:00', ['a']),
      deployed('d1', '01T09:00', of('a')),
      deployed('d2', '02T09:00', of('b')),
      deployed('d2', '02T12:00', { ...of('b'), url: 'https://ci.acme.io/2' }),
    );
    const { metrics } = await settled().metrics([SHOP]);
    expect(metrics.leadTime.p50).toEqual({ value: 3600 });
    expect((await settled().rows()).d2).toMatchObject({
      url: 'https://ci.acme.io/2',
    });
  });

  it('failed in production when it fails after a success', async () => {
    await settled().say(
      deployed('d1', '01T09:00'),
      deployed('d1', '01T10:00', { status: 'failure' }),
      deployed('d2', '01T12:00'),
    );
    expect(await rates()).toMatchObject({
      failed: 1,
      finished: 2,
      deployments: 1,
    });
    const { d1 } = await settled().rows();
    expect(JSON.parse(d1.causes)).toMatchObject([{ cause: 'failed-later' }]);
    expect(d1.recovered_at).toBe(Date.parse(at('01T12:00')));
  });

  const job = (id: string, time: string, fields: object = {}) =>
    deployed(id, time, { run: '900/1', ...fields });

  it('is one for all jobs of a run; another attempt is another', async () => {
    await settled().say(job('j2', '01T09:02'), job('j1', '01T09:00'));
    await settled().say(job('j3', '01T09:03'));
    expect(await frequency()).toBe(1);
    expect(Object.keys(await settled().rows())).toEqual(['j1']);
    await settled().say(job('j4', '01T10:00', { run: '900/2' }));
    await settled().say(job('j5', '01T09:00', { environment: 'staging' }));
    expect(await frequency()).toBe(2);
  });

  it('goes on with the jobs that are left', async () => {
    await settled().say(job('j1', '01T09:00'), job('j2', '01T09:02'));
    await settled().say(
      job('j1', '01T09:00', { deleted: true, occurredAt: at('02T00:00') }),
    );
    expect(Object.keys(await settled().rows())).toEqual(['j2']);
  });

  it('ends as its jobs did together', async () => {
    await settled().say(
      job('j1', '01T09:00', { status: 'failure' }),
      job('j2', '01T09:02'),
      job('j3', '01T09:03', { status: 'cancelled' }),
    );
    expect(await rates()).toMatchObject({
      failed: 1,
      finished: 1,
      deployments: 0,
    });
    await settled().say(
      job('j2', '01T09:02', { deleted: true, occurredAt: at('02T00:00') }),
    );
    expect(await rates()).toMatchObject({ failed: 0, finished: 0 });
  });

  it('is meant by a cause that names any of its jobs', async () => {
    await settled().say(
      job('j1', '01T09:00'),
      job('j2', '01T09:02'),
      broke('i', '05T09:00', { causedBy: 'j2' }),
    );
    expect(await settled().linked()).toEqual(['i → j1']);
  });
});

describeSettled(
  'settled: jobs count each',
  settled => {
    it('where configuration says so', async () => {
      await settled().say(
        deployed('j1', '01T09:00', { run: '1/1' }),
        deployed('j2', '01T09:02', { run: '1/1' }),
      );
      const { metrics } = await settled().metrics([SHOP]);
      expect(metrics.deploymentFrequency.deployments).toBe(2);
    });
  },
  { countJobs: true },
);

describeSettled('settled: tombstones of deployments', settled => {
  const services = async () =>
    (await settled().db('deployments').orderBy(['service_ref', 'chain'])).map(
      row => `${row.service_ref.split('/')[1]} ${row.chain}`,
    );
  const gone = (fields: object) => ({
    type: 'deployment',
    source: 'ci',
    id: 'd1',
    occurredAt: at('03T00:00'),
    status: 'success',
    deleted: true,
    ...fields,
  });
  const told = [
    deployed('d1', '01T09:00'),
    deployed('d1', '01T09:00', { environment: 'Staging' }),
    deployed('d1', '01T09:00', { service: CART }),
  ];

  it.each([
    ['both', {}, []],
    ['the environment', { service: SHOP }, ['cart production']],
    ['the service', { environment: 'PRODUCTION' }, ['shop staging']],
  ])(
    'leave out %s, for what is told before and after',
    async (_, fields, left) => {
      await settled().say(...told, gone(fields));
      expect(await services()).toEqual(left);
      await settled().clear();
      await settled().map({ service: SHOP, repositories: [SHOP_REPOSITORY] });
      await settled().say(gone(fields));
      await settled().say(...told);
      expect(await services()).toEqual(left);
      // Told anew it is there again.
      await settled().say(
        deployed('d1', '01T09:00', { occurredAt: at('04T00:00') }),
      );
      expect(await services()).toContain('shop production');
    },
  );

  it('come with an event that replaces what was told under another name', async () => {
    await settled().say(
      ...told,
      deployed('d1', '01T09:00', {
        occurredAt: at('03T00:00'),
        environment: 'live',
        replaces: { service: SHOP },
      }),
    );
    expect(await services()).toEqual(['cart production', 'shop live']);
  });

  it('ask for an environment of everything else', async () => {
    const { results } = await settled().tell(
      [gone({ deleted: undefined, finishedAt: at('03T00:00') })].map(event =>
        JSON.parse(JSON.stringify(event)),
      ),
    );
    expect(results).toMatchObject([
      { status: 'rejected', path: 'environment' },
    ]);
  });
});

describeSettled('settled: what several sources told', settled => {
  it('stays when one of them is removed', async () => {
    await settled().say(
      untold('a', '01T08:00'),
      untold('b', '02T08:00'),
      pushed('main', 'a', 'b', ['b'], '02T08:01'),
      committed('a', '01T08:00'),
      committed('b', '02T08:00', ['a']),
      deployed('d1', '01T09:00', of('a')),
      deployed('d2', '02T09:00', of('b')),
    );
    expect((await settled().rows()).d2).toMatchObject({
      confidence: 'certain',
    });
    await removeSource(settled().db, 'git', settled().apply);
    await settled().settle();
    expect(await settled().brought()).toEqual({ d2: ['b'] });
    expect((await settled().rows()).d2).toMatchObject({ confidence: 'medium' });
    await removeSource(settled().db, 'github.com/acme', settled().apply);
    await settled().settle();
    expect(await settled().brought()).toEqual({});
  });

  it('is counted where they do not agree', async () => {
    await settled().say(
      committed('a', '01T08:00', [], { title: 'One' }),
      untold('a', '01T08:00', { title: 'Two' }),
      deployed('d1', '01T09:00', of('a')),
    );
    expect(await shopQuality(settled())).toMatchObject({
      differingCommits: 1,
    });
  });
});

describeSettled('settled: repairs seen in the change', settled => {
  const LINE = [
    committed('a', '01T08:00'),
    committed('b', '02T08:00', ['a']),
    deployed('d1', '01T09:00', of('a')),
    deployed('d2', '02T09:00', of('b')),
  ];
  const verdicts = async () => {
    const rows = await settled().rows();
    return Object.fromEntries(
      Object.values(rows).map(row => [
        row.ext_id,
        `${row.kind}${row.failed ? ' failed' : ''}`,
      ]),
    );
  };

  it('take back what an earlier deployment brought', async () => {
    await settled().say(
      ...LINE,
      committed('c', '03T08:00', ['b'], { reverts: sha('b') }),
      deployed('d3', '03T09:00', of('c')),
    );
    expect(await verdicts()).toEqual({
      d1: 'deploy',
      d2: 'deploy failed',
      d3: 'rollback',
    });
  });

  it('are none where it never arrived, or was there from the start', async () => {
    await settled().say(
      ...LINE,
      committed('c', '03T08:00', ['b'], { reverts: sha('a') }),
      committed('e', '03T08:30', ['c'], { reverts: sha('c') }),
      deployed('d3', '03T09:00', of('e')),
    );
    expect(await verdicts()).toMatchObject({ d3: 'deploy' });
  });

  it.each([
    ['label', { labels: ['Hotfix'] }],
    ['branch', { headBranch: 'hotfix/it' }],
    ['branch of a fork', { headBranch: 'somebody:hotfix-it' }],
  ])('are known by a %s', async (_, fields) => {
    await settled().say(
      ...LINE,
      committed('c', '03T08:00', ['b']),
      pulled(1, '03T08:00', { mergeSha: sha('c'), ...fields }),
      deployed('d3', '03T09:00', of('c')),
    );
    expect(await verdicts()).toMatchObject({
      d2: 'deploy failed',
      d3: 'hotfix',
    });
  });

  it('put an ancestor of what runs in its place; a redeploy does not', async () => {
    await settled().say(
      ...LINE,
      deployed('again', '02T10:00', of('b')),
      deployed('back', '02T11:00', of('a')),
      deployed('forth', '02T12:00', of('b')),
    );
    expect(await verdicts()).toEqual({
      d1: 'deploy',
      d2: 'deploy',
      again: 'deploy failed',
      back: 'rollback',
      forth: 'deploy',
    });
  });

  it('are what the sender says, where it says anything', async () => {
    await settled().say(
      ...LINE,
      deployed('back', '02T11:00', { ...of('a'), kind: 'deploy' }),
    );
    expect(await verdicts()).toMatchObject({ back: 'deploy', d2: 'deploy' });
  });
});

describeSettled('settled: where incidents happened', settled => {
  const mttr = async () => {
    const { mttr: all } = (await settled().metrics([SHOP])).metrics;
    return all.count + all.open;
  };

  it('matters: other environments fail nothing and restore nothing', async () => {
    await settled().say(
      deployed('d1', '02T10:00'),
      broke('i', '02T11:00', { environment: 'staging' }),
      broke('j', '02T11:00', { environment: 'staging', causedBy: 'd1' }),
    );
    expect(await settled().linked()).toEqual([]);
    expect(await mttr()).toBe(0);
    await settled().say(broke('k', '02T11:00', { environment: 'Production' }));
    expect(await settled().linked()).toEqual(['k → d1']);
    expect(await mttr()).toBe(1);
  });

  it('is the chain that is looked at', async () => {
    await settled().say(
      deployed('d1', '02T10:00', { environment: 'prod' }),
      deployed('d2', '02T10:30'),
      broke('i', '02T11:00', { environment: 'PROD' }),
    );
    expect(await settled().linked()).toEqual(['i → d1']);
  });
});

describeSettled('settled: what says why there is no number', settled => {
  it('names the environments that did arrive', async () => {
    await settled().say(
      deployed('d1', '02T10:00', { environment: 'prod-eu' }),
      deployed('d2', '03T10:00', { environment: 'Production – shop' }),
    );
    const { metrics } = await settled().metrics([SHOP]);
    expect(metrics.deploymentFrequency).toMatchObject({
      deployments: 0,
      perDay: {
        value: null,
        code: 'figure.not_production',
        params: { count: 2, environments: '"Production – shop", prod-eu' },
      },
    });
    const row = await shopQuality(settled());
    expect(row.cells[0].adviceSaid?.code).toBe('advice.not_production');
  });

  it('is none where all attempts failed: that is 0 per day', async () => {
    await settled().say(
      deployed('d1', '02T10:00', { status: 'failure' }),
      deployed('d2', '03T10:00', { status: 'failure' }),
    );
    const { metrics } = await settled().metrics([SHOP]);
    expect(metrics.deploymentFrequency.perDay).toEqual({ value: 0 });
    expect(metrics.changeFailRate.rate).toMatchObject({ value: null });
  });
});

describeSettled('settled: clocks that were never set', settled => {
  it('are no dates: a commit has no start, a deployment its telling', async () => {
    const zero = '1970-01-01T00:00:00Z';
    await settled().say(
      committed('a', '01T08:00'),
      committed('b', '02T08:00', ['a'], {
        authoredAt: zero,
        committedAt: '1969-12-31T16:00:00-08:00',
        occurredAt: zero,
      }),
      committed('c', '02T08:30', ['b']),
      deployed('d1', '01T09:00', of('a')),
      deployed('d2', '02T09:30', { ...of('c'), finishedAt: zero }),
    );
    expect(await settled().brought()).toEqual({ d2: ['b', 'c'] });
    expect((await settled().metrics([SHOP])).metrics.leadTime).toMatchObject({
      count: 1,
      unknownStart: 1,
      p50: { value: 3600 },
    });
    const { results } = await settled().tell([
      broke('i', '02T10:00', { openedAt: zero }),
    ]);
    expect(results).toMatchObject([{ status: 'rejected', path: 'openedAt' }]);
  });
});
