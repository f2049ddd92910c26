import { purgeExpired } from '../../jobs/retention';
import { NOW } from '../../__testUtils__/harness';
import {
  at,
  broke,
  CART,
  committed,
  deployed,
  describeSettled,
  of,
  SHOP,
  SHOP_REPOSITORY,
} from '../../__testUtils__/settled';

const DAY_MS = 86_400_000;

describeSettled('settled: facts', settled => {
  const statuses = async () =>
    Object.values(await settled().rows()).map(row => row.status);
  const facts = (table: string) => settled().db(table).select('*');

  it('knows a deployment by source, service, environment and id', async () => {
    const same = deployed('d', '02T10:00');
    await settled().say(
      same,
      { ...same, occurredAt: at('02T10:05') },
      { ...same, source: 'other' },
      { ...same, service: CART },
      { ...same, environment: 'staging' },
      { ...same, id: 'e' },
      { ...same, service: 'Shop' },
    );
    expect(await facts('deployment_facts')).toHaveLength(5);
  });

  it('keeps the identity of a deployment when its mapping comes later', async () => {
    const unnamed = {
      ...deployed('d', '02T10:00', of('c')),
      service: undefined,
      repository: 'acme/later',
    };
    const told = JSON.parse(JSON.stringify(unnamed));
    await settled().say(told);
    const [before] = await facts('deployment_facts');
    await settled().map({
      service: CART,
      repositories: ['github.com/acme/later'],
    });
    await settled().say({ ...told, occurredAt: at('02T10:05') });
    const after = await facts('deployment_facts');
    expect(after.map(row => row.fact_key)).toEqual([before.fact_key]);
    expect(Object.keys(await settled().rows(CART))).toEqual(['d']);
  });

  it.each([
    'https://github.com/Acme/Shop.git',
    'git@github.com:acme/shop.git',
    'ssh://git@github.com/acme/shop/',
    'github.com/acme/shop',
    'acme/shop',
  ])('reads the repository %s as the one it is', async repository => {
    await settled().say(committed('c', '02T10:00', [], { repository }));
    expect(await facts('commits')).toMatchObject([
      { repository: SHOP_REPOSITORY },
    ]);
  });

  it("puts a bare owner/name on the source's own host", async () => {
    await settled().say(
      committed('c', '02T10:00', [], {
        repository: 'acme/shop',
        source: 'gitlab.acme.io/team',
      }),
    );
    expect(await facts('commits')).toMatchObject([
      { repository: 'gitlab.acme.io/acme/shop' },
    ]);
  });

  it('answers an identical resend with duplicate and a later state with accepted', async () => {
    const running = {
      ...deployed('d', '02T10:00'),
      status: 'running',
      finishedAt: undefined,
    };
    const first = JSON.parse(JSON.stringify(running));
    const reordered = Object.fromEntries(Object.entries(first).reverse());
    expect((await settled().tell([first])).results).toEqual([
      { status: 'accepted' },
    ]);
    const { results } = await settled().tell([
      reordered,
      first,
      deployed('d', '02T10:10'),
      deployed('d', '02T10:10'),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'duplicate',
      'duplicate',
      'accepted',
      'duplicate',
    ]);
    await settled().settle();
    expect(await statuses()).toEqual(['success']);
  });

  it('replaces the whole record by the newest one', async () => {
    await settled().say(
      deployed('d', '02T10:10', { occurredAt: at('02T10:20') }),
      deployed('d', '02T10:10', { version: '1.0', url: 'https://ci/1' }),
    );
    expect((await settled().rows()).d).toMatchObject({
      version: null,
      url: null,
    });
  });

  it('prefers a terminal state on a tie, then the greater canonical text', async () => {
    const tie = { occurredAt: at('02T09:00') };
    await settled().say(
      broke('i', '02T08:00', { ...tie, resolvedAt: at('02T08:30') }),
      broke('i', '02T08:00', { ...tie, severity: 'zzz' }),
      broke('j', '02T08:00', { ...tie, severity: 'a' }),
      broke('j', '02T08:00', { ...tie, severity: 'b' }),
    );
    const incidents = await facts('incidents');
    expect(
      incidents
        .map(row => [row.ext_id, row.severity, row.resolved_at !== null])
        .sort(),
    ).toEqual([
      ['i', null, true],
      ['j', 'b', false],
    ]);
  });

  it('never undoes a terminal deployment by a non-terminal one', async () => {
    await settled().say(
      deployed('d', '02T10:00'),
      JSON.parse(
        JSON.stringify({
          ...deployed('d', '02T12:00'),
          status: 'running',
          finishedAt: undefined,
        }),
      ),
    );
    expect(await statuses()).toEqual(['success']);
    await settled().say(
      deployed('d', '02T10:00', {
        status: 'rolled_back',
        occurredAt: at('02T13:00'),
      }),
    );
    expect(await statuses()).toEqual(['rolled_back']);
  });

  it('takes a fact back by a tombstone, and tells it again after one', async () => {
    const events = [
      committed('c1', '01T10:00'),
      deployed('d1', '01T11:00', of('c1')),
      committed('c2', '02T10:00', ['c1']),
      deployed('d2', '02T11:00', of('c2')),
      broke('i', '02T12:00'),
    ];
    await settled().say(...events);
    expect(await settled().linked()).toEqual(['i → d2']);
    await settled().say(
      deployed('d2', '02T11:00', {
        deleted: true,
        occurredAt: at('03T00:00'),
      }),
    );
    expect(Object.keys(await settled().rows())).toEqual(['d1']);
    expect(await settled().linked()).toEqual([]);
    await settled().say(
      deployed('d2', '02T11:00', { occurredAt: at('04T00:00'), ...of('c2') }),
    );
    expect(await settled().brought()).toEqual({ d2: ['c2'] });
    expect(await settled().linked()).toEqual(['i → d2']);
  });

  it('refuses what cannot be, with the path, and keeps what is merely odd', async () => {
    const { results } = await settled().tell([
      deployed('a', '02T10:00', { startedAt: at('02T11:00') }),
      broke('b', '02T10:00', { resolvedAt: at('02T09:00') }),
      { ...deployed('c', '02T10:00'), finishedAt: null },
      { ...deployed('d', '02T10:00'), environment: 7 },
      deployed('e', '02T10:00', {
        finishedAt: new Date(NOW + 11 * 60_000).toISOString(),
      }),
      deployed('f', '02T10:00', { finishedAt: '2026-06-02T10:00:00' }),
      deployed('g', '02T10:00', { nonsense: 1 }),
      deployed('h', '02T10:00', { repository: 'acme/a', sha: 'abc' }),
      deployed('i', '02T10:00', {
        finishedAt: new Date(NOW + 9 * 60_000).toISOString(),
      }),
      committed('z', '02T10:00', [], { authoredAt: at('05T10:00') }),
    ]);
    expect(
      results.map(result =>
        result.status === 'rejected' ? result.path : result.status,
      ),
    ).toEqual([
      'finishedAt',
      'resolvedAt',
      'finishedAt',
      'environment',
      'finishedAt',
      'finishedAt',
      'nonsense',
      'sha',
      'accepted',
      'accepted',
    ]);
  });

  it('changes nothing by purging raw payloads', async () => {
    await settled().say(
      committed('c1', '01T10:00'),
      deployed('d1', '01T11:00', of('c1')),
      committed('c2', '02T10:00', ['c1']),
      deployed('d2', '02T11:00', of('c2')),
    );
    const before = JSON.stringify(await settled().metrics([SHOP]));
    const later = NOW + settled().config.payloadRetentionMs + DAY_MS;
    expect(await purgeExpired(settled().db, settled().config, later)).toBe(4);
    await settled().db('dirty_services').insert({
      service_ref: SHOP,
      from_at: 0,
      since: NOW,
    });
    await settled().settle();
    expect(JSON.stringify(await settled().metrics([SHOP]))).toBe(before);
    // What has been purged is told again: no duplicate, and no other fact.
    await settled().say(deployed('d2', '02T11:00', of('c2')));
    expect(JSON.stringify(await settled().metrics([SHOP]))).toBe(before);
  });
});
