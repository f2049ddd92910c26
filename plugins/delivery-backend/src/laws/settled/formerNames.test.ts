import { inTransaction } from '@fawkes/kit-backend/sql';
import { component } from '../../__testUtils__/component';
import { sha } from '../../__testUtils__/harness';
import {
  at,
  broke,
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
import { removeSource } from '../../intake/removeSource';
import { mappingOf } from '../../jobs/mappingOf';
import { saveMappings } from '../../jobs/refreshMapping';
import { findChange } from '../../read/changes';
import { changeKey } from '../../store/keys';

const OLD = 'github.com/acme/store';
const old = { repository: OLD };

/** What was called `formerly` has been called `repository` since then. */
function named(
  formerly: string | undefined,
  repository: string,
  time: string,
  fields: object = {},
) {
  return {
    type: 'change',
    kind: 'repository',
    source: 'github.com/acme',
    id: `${formerly ?? ''}..${repository}@${time}`,
    occurredAt: at(time),
    repository,
    ...(formerly && { formerly }),
    ...fields,
  };
}

/** A history that goes on under another name from the third of June on. */
const HISTORY = [
  committed('c1', '01T08:00', [], old),
  committed('c2', '02T08:00', ['c1'], old),
  deployed('d1', '01T09:00', of('c1', old)),
  deployed('d2', '02T09:00', of('c2', old)),
  committed('c3', '04T08:00', ['c2']),
  deployed('d3', '04T09:00', of('c3')),
];
const RENAMED = named(OLD, SHOP_REPOSITORY, '03T00:00');

const FORMER = 'fawkes.dev/delivery-former-repositories';

/** Reads the catalog anew: the shop, with these annotations. */
async function annotate(
  settled: Settled,
  annotations: Record<string, string>,
): Promise<void> {
  const shop = mappingOf(component('shop', annotations));
  await inTransaction(settled.db, tx =>
    saveMappings(tx, new Map([[SHOP, shop]]), settled.apply),
  );
  await settled.settle();
}

const SLUG = { 'github.com/project-slug': 'acme/shop' };

describeSettled('settled: former names of repositories', settled => {
  const seeds = async () =>
    Object.values(await settled().rows())
      .filter(row => row.seed)
      .map(row => row.ext_id)
      .sort();

  it('are those of one repository, whenever that is told', async () => {
    // As two, the second one begins when it joins.
    await settled().say(...HISTORY);
    expect(await settled().brought()).toEqual({ d2: ['c2'] });
    expect(await seeds()).toEqual(['d1', 'd3']);
    await settled().say(RENAMED);
    expect(await settled().brought()).toEqual({ d2: ['c2'], d3: ['c3'] });
    expect(await seeds()).toEqual(['d1']);
    // And two again when it is taken back.
    await settled().say({ ...RENAMED, deleted: true });
    expect(await settled().brought()).toEqual({ d2: ['c2'] });
    expect(await seeds()).toEqual(['d1', 'd3']);
  });

  it('are told before anything else is, or with it', async () => {
    await settled().say(RENAMED);
    await settled().say(...HISTORY);
    expect(await settled().brought()).toEqual({ d2: ['c2'], d3: ['c3'] });
    await settled().clear();
    await settled().map({ service: SHOP, repositories: [SHOP_REPOSITORY] });
    await settled().say(...HISTORY, RENAMED);
    expect(await settled().brought()).toEqual({ d2: ['c2'], d3: ['c3'] });
  });

  it('are said by the annotation as well, as long as it is there', async () => {
    await annotate(settled(), SLUG);
    await settled().say(...HISTORY);
    expect(await seeds()).toEqual(['d1', 'd3']);
    await annotate(settled(), { ...SLUG, [FORMER]: 'acme/store acme/shop' });
    expect(await settled().brought()).toEqual({ d2: ['c2'], d3: ['c3'] });
    expect(await settled().db('repository_names')).toHaveLength(1);
    await annotate(settled(), SLUG);
    expect(await settled().brought()).toEqual({ d2: ['c2'] });
    expect(await settled().db('repository_names')).toEqual([]);
  });

  it('find the service by either name', async () => {
    const unsent = { service: undefined };
    const told = HISTORY.map(one =>
      one.type === 'deployment' ? { ...one, ...unsent } : one,
    ).map(one => JSON.parse(JSON.stringify(one)));
    // The component is still annotated with the name of before.
    await annotate(settled(), { 'github.com/project-slug': 'acme/store' });
    await settled().say(...told, RENAMED);
    expect(await settled().brought()).toEqual({ d2: ['c2'], d3: ['c3'] });
    await settled().say(
      JSON.parse(
        JSON.stringify(
          broke('i', '04T10:00', { ...unsent, repository: SHOP_REPOSITORY }),
        ),
      ),
    );
    expect(await settled().linked()).toEqual(['i → d3']);
  });

  it('count a change once that was told under both', async () => {
    await settled().say(
      ...HISTORY,
      RENAMED,
      // Somebody loads the whole history under the new name.
      committed('c1', '01T08:00'),
      committed('c2', '02T08:00', ['c1']),
    );
    expect(await settled().brought()).toEqual({ d2: ['c2'], d3: ['c3'] });
    const { metrics } = await settled().metrics([SHOP]);
    expect(metrics.leadTime).toMatchObject({ count: 2, unknownStart: 0 });
    await settled().say({ ...RENAMED, deleted: true });
    const commits = await settled()
      .db('commits')
      .orderBy(['repository', 'sha']);
    expect(
      commits.map(({ repository, sha: name }) => [repository, name]),
    ).toEqual([
      ...['c1', 'c2', 'c3'].map(name => [SHOP_REPOSITORY, sha(name)]),
      ...['c1', 'c2'].map(name => [OLD, sha(name)]),
    ]);
  });

  it('are crossed by pushes and pull requests', async () => {
    const github = (
      time: string,
      name: string,
      fields: Record<string, unknown> = {},
    ) => untold(name, time, fields);
    await settled().say(
      github('01T08:00', 'a', old),
      deployed('d1', '01T09:00', of('a', old)),
      github('02T08:00', 'b', old),
      pushed('topic', undefined, 'b', ['b'], '02T08:00', old),
      pulled(7, '02T09:00', {
        ...old,
        mergedAt: undefined,
        headBranch: 'topic',
        headSha: sha('b'),
        occurredAt: at('02T09:00'),
      }),
      RENAMED,
      github('04T08:00', 'c'),
      pushed('topic', 'b', 'c', ['c'], '04T08:00'),
      github('04T08:30', 'm'),
      pushed('main', 'a', 'm', ['m'], '04T08:30'),
      pulled(7, '02T09:00', {
        mergedAt: at('04T08:30'),
        headBranch: 'topic',
        headSha: sha('c'),
        mergeSha: sha('m'),
        occurredAt: at('04T08:31'),
      }),
      deployed('d2', '04T09:00', of('m')),
    );
    // One squashed request, whose commits were pushed under both names.
    expect(await settled().brought()).toEqual({ d2: ['#7', 'm'] });
    const { metrics } = await settled().metrics([SHOP], {
      unit: 'pull_request',
    });
    // From the first commit to the deployment: two days and an hour.
    expect(metrics.leadTime.p50).toEqual({ value: 49 * 3_600 });
  });

  it('mean another repository from when they are taken again', async () => {
    await settled().say(
      ...HISTORY,
      RENAMED,
      named(undefined, OLD, '05T00:00'),
      committed('n1', '05T08:00', [], old),
      deployed('e1', '05T09:00', { ...of('n1', old), service: 'component:x' }),
      committed('n2', '06T08:00', ['n1'], old),
      deployed('e2', '06T09:00', { ...of('n2', old), service: 'component:x' }),
    );
    expect(await settled().brought()).toEqual({ d2: ['c2'], d3: ['c3'] });
    expect(await settled().brought('component:default/x')).toEqual({
      e2: ['n2'],
    });
    const names = await settled().db('commits').distinct('repository');
    expect(names.map(({ repository }) => repository).sort()).toEqual([
      SHOP_REPOSITORY,
      OLD,
    ]);
    // Which the shop has nothing to do with.
    const rows = await settled().db('links').where({ repository: OLD });
    expect(new Set(rows.map(row => row.service_ref))).toEqual(
      new Set(['component:default/x']),
    );
  });

  it('go with the source that told them, and leave the facts of others', async () => {
    await settled().say(...HISTORY, RENAMED);
    await removeSource(settled().db, 'github.com/acme', settled().apply);
    await settled().settle();
    expect(await settled().brought()).toEqual({ d2: ['c2'] });
    expect(await settled().db('repository_names')).toEqual([]);
  });

  it('take what a source told under both with it', async () => {
    await settled().say(
      ...HISTORY,
      RENAMED,
      committed('c2', '02T08:00', ['c1']),
      committed('c2', '02T08:00', ['c1'], { source: 'other', ...old }),
    );
    await removeSource(settled().db, 'git', settled().apply);
    const left = await settled().db('commits');
    expect(left.map(row => [row.sha, row.source, row.sources])).toEqual([
      [sha('c2'), 'other', null],
    ]);
  });

  it('lead from the addresses of changes to what they are called now', async () => {
    await settled().say(...HISTORY, RENAMED);
    const { db } = settled();
    expect(await findChange(db, changeKey('commit', OLD, sha('c2')))).toEqual({
      kind: 'commit',
      repository: SHOP_REPOSITORY,
      id: sha('c2'),
    });
    expect(await findChange(db, 'nonsense')).toBeUndefined();
  });
});
