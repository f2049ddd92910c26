import { removeSource } from '../../intake/removeSource';
import { sha } from '../../__testUtils__/harness';
import {
  committed,
  deployed,
  describeSettled,
  of,
  pulled,
  pushed,
  untold,
} from '../../__testUtils__/settled';

describeSettled('settled: requests squashed into one push', settled => {
  const NUMBERS = [1, 2, 3];
  /** Each was pushed to a branch of its own at 01:00, 02:00, 03:00. */
  const branches = NUMBERS.flatMap(n => [
    untold(`b${n}`, `02T0${n}:00`),
    pushed(`branch-${n}`, undefined, `b${n}`, [`b${n}`], `02T0${n}:10`),
  ]);
  const merged = NUMBERS.flatMap(n => [
    pulled(n, `02T0${n + 4}:00`, {
      headBranch: `branch-${n}`,
      headSha: sha(`b${n}`),
      mergeSha: sha(`m${n}`),
    }),
    untold(`m${n}`, `02T0${n + 4}:00`, { title: `Change (#${n})` }),
  ]);
  const base = [untold('a', '01T08:00'), deployed('d1', '01T09:00', of('a'))];
  const deploy = deployed('d2', '02T10:00', of('m3'));
  const push = pushed('main', 'a', 'm3', ['m1', 'm2', 'm3'], '02T07:10');
  const leadTime = async (unit: 'commit' | 'pull_request') =>
    (await settled().metrics(['component:default/shop'], { unit })).metrics
      .leadTime;

  it('are one commit and one request each, by their own beginnings', async () => {
    await settled().say(...base, ...branches, ...merged, push, deploy);
    expect((await settled().brought()).d2.sort()).toEqual(
      ['#1', '#2', '#3', 'm1', 'm2', 'm3'].sort(),
    );
    // 05:00, 06:00, 07:00 to 10:00, and 01:00, 02:00, 03:00.
    expect(await leadTime('commit')).toMatchObject({
      count: 3,
      p50: { value: 4 * 3600 },
    });
    expect(await leadTime('pull_request')).toMatchObject({
      count: 3,
      unknownStart: 0,
      p50: { value: 8 * 3600 },
    });
  });

  it('are found as they become known, whatever comes last', async () => {
    const told = [...base, ...branches, ...merged, push, deploy];
    await settled().say(...[...told].reverse());
    expect((await settled().brought()).d2).toHaveLength(6);
    expect(await leadTime('pull_request')).toMatchObject({
      p50: { value: 8 * 3600 },
    });
  });

  it('are only the last one where the push is not known', async () => {
    await settled().say(...base, ...branches, ...merged, deploy);
    expect((await settled().brought()).d2.sort()).toEqual(['#3', 'm3']);
  });

  it('have no start of their own where a branch is not known', async () => {
    await settled().say(...base, ...branches.slice(2), ...merged, push, deploy);
    expect(await leadTime('pull_request')).toMatchObject({
      count: 2,
      unknownStart: 1,
    });
  });
});

describeSettled('settled: the Revert button', settled => {
  const told = [
    committed('a', '01T08:00'),
    committed('b', '02T08:00', ['a']),
    committed('c', '03T08:00', ['b']),
    pulled(1, '02T08:00', { mergeSha: sha('b') }),
    deployed('d1', '01T09:00', of('a')),
    deployed('d2', '02T09:00', of('b')),
  ];
  const back = (fields: object) => [
    pulled(2, '03T08:00', { mergeSha: sha('c'), ...fields }),
    deployed('d3', '03T09:00', of('c')),
  ];
  const verdicts = async () =>
    Object.values(await settled().rows())
      .sort((x, y) => x.at - y.at)
      .map(row => `${row.kind}${row.failed ? ' failed' : ''}`);

  it('makes a rollback of what takes back an earlier request', async () => {
    await settled().say(...told, ...back({ reverts: 1 }));
    expect(await verdicts()).toEqual(['deploy', 'deploy failed', 'rollback']);
  });

  it('comes before what a label or a branch says', async () => {
    await settled().say(...told, ...back({ reverts: 1, labels: ['hotfix'] }));
    expect((await verdicts())[2]).toBe('rollback');
  });

  it.each([
    ['of a request that was deployed with it', { reverts: 2 }],
    ['of one nobody knows', { reverts: 77 }],
  ])('means nothing %s', async (_, fields) => {
    await settled().say(...told, ...back(fields));
    expect(await verdicts()).toEqual(['deploy', 'deploy', 'deploy']);
  });

  it('counts once the request it takes back has been told', async () => {
    const [a, b, c, request, ...deployments] = told;
    await settled().say(a, b, c, ...deployments, ...back({ reverts: 1 }));
    expect((await verdicts())[2]).toBe('deploy');
    await settled().say(request);
    expect(await verdicts()).toEqual(['deploy', 'deploy failed', 'rollback']);
  });
});

describeSettled('settled: a source that is removed', settled => {
  const line = [
    untold('a', '01T08:00'),
    untold('b', '02T08:00'),
    pushed('main', 'a', 'b', ['b'], '02T08:01'),
    deployed('d1', '01T09:00', of('a')),
    deployed('d2', '02T09:00', of('b')),
  ];
  const same = [
    committed('a', '01T08:00', [], { source: 'again' }),
    committed('b', '02T08:00', ['a'], { source: 'again' }),
  ];

  it.each([
    ['last', [...line, ...same]],
    ['first', [...same, ...line]],
  ])('takes nothing that another told, told %s', async (_, told) => {
    await settled().say(...told);
    await removeSource(settled().db, 'again', settled().apply);
    await settled().settle();
    expect(await settled().brought()).toEqual({ d2: ['b'] });
    const { metrics } = await settled().metrics(['component:default/shop']);
    expect(metrics.leadTime).toMatchObject({ count: 1, p50: { value: 3600 } });
  });

  it('may tell again what it told, and is believed', async () => {
    await settled().say(...line, ...same);
    await removeSource(settled().db, 'again', settled().apply);
    await settled().settle();
    expect((await settled().rows()).d2.confidence).toBe('medium');
    const { accepted } = await settled().tell(same);
    expect(accepted).toBe(2);
    await settled().settle();
    expect((await settled().rows()).d2.confidence).toBe('certain');
  });

  it('leaves what the other tells again a duplicate, with nothing lost', async () => {
    await settled().say(...line, ...same);
    await removeSource(settled().db, 'again', settled().apply);
    await settled().settle();
    await settled().say(...line);
    expect(await settled().brought()).toEqual({ d2: ['b'] });
  });
});
