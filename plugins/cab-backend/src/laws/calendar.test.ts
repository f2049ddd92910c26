import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  CalendarResponse,
  Change,
} from '@fawkes/backstage-plugin-cab-common';
import { PAY, SHOP } from '../__testUtils__/organisation';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.now();
const iso = (ms: number) => new Date(ms).toISOString();
/** In some hours, for some hours. */
const planned = (after: number, hours: number) => ({
  window: {
    from: iso(NOW + after * HOUR),
    to: iso(NOW + (after + hours) * HOUR),
  },
});
/** Wall time in UTC, to the minute. */
const wall = (ms: number) => iso(ms).slice(0, 16);
const freeze = (name: string, days: number, entities?: string[]) => ({
  id: name,
  title: `The ${name}`,
  start: wall(NOW + days * DAY),
  durationMinutes: 24 * 60,
  zone: 'UTC',
  ...(entities && { entities }),
});

/** What its risk says of when it is planned for. */
const windowOf = ({ risk }: Change) =>
  risk?.facts.find(({ name }) => name === 'window');

describe.each(databases.eachSupportedId())('the calendar, %s', id => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await createTestBackend(await databases.init(id), {
      calendar: {
        freezes: [
          freeze('audit', 10),
          freeze('sale', 12, [SHOP]),
          freeze('gone', 12, ['component:default/nobody-knows']),
        ],
        maintenance: [
          {
            ...freeze('patching', 1, [PAY]),
            repeats: { freq: 'WEEKLY', count: 3 },
          },
        ],
      },
    });
  });
  afterAll(() => backend.stop());

  const calendar = async (query: object = {}): Promise<CalendarResponse> =>
    (
      await backend.me
        .get(`/calendar?${new URLSearchParams({ ...query })}`)
        .expect(200)
    ).body;
  /** Asked for and decided by the board. */
  const approved = async (more: object): Promise<Change> => {
    const asked = await backend.submit(
      'pia',
      await backend.create('pia', { entityRef: PAY, ...more }),
    );
    await backend.vote('bea', asked).expect(200);
    const { body } = await backend.vote('ben', asked).expect(200);
    expect(body.state).toBe('approved');
    return body;
  };
  const windowFact = async (more: object) => {
    const asked = await backend.submit(
      'pia',
      await backend.create('pia', { entityRef: PAY, ...more }),
    );
    return windowOf(asked);
  };

  it('says when nothing starts and when what may be worked on, in order', async () => {
    const { periods, changes, more, businessHours } = await calendar();
    expect(changes).toEqual([]);
    expect(more).toBe(false);
    expect(businessHours.days).toEqual([1, 2, 3, 4, 5]);
    expect(
      periods.map(({ kind, rule, entities }) => [
        kind,
        rule,
        entities?.map(({ ref }) => ref) ?? null,
      ]),
    ).toEqual([
      ['maintenance', 'patching', [PAY]],
      ['maintenance', 'patching', [PAY]],
      ['freeze', 'audit', null],
      ['freeze', 'sale', [SHOP]],
      ['maintenance', 'patching', [PAY]],
    ]);
    expect(periods[2]).toMatchObject({
      from: `${wall(NOW + 10 * DAY)}:00.000Z`,
      to: `${wall(NOW + 11 * DAY)}:00.000Z`,
      zone: 'UTC',
    });
  });

  it('is that of one entity, when one asks for it, and of a stretch', async () => {
    const ofShop = await calendar({ entityRef: SHOP });
    expect(ofShop.periods.map(({ rule }) => rule)).toEqual(['audit', 'sale']);
    const later = await calendar({
      from: iso(NOW + 11.5 * DAY),
      to: iso(NOW + 14 * DAY),
    });
    expect(later.periods.map(({ rule }) => rule)).toEqual(['sale']);
  });

  it.each([
    [{ from: iso(NOW), to: iso(NOW) }, 'calendar.order'],
    [{ from: iso(NOW), to: iso(NOW + 93 * DAY) }, 'calendar.long'],
    [{ from: 'soon' }, undefined],
  ])('refuses %j', async (query, code) => {
    const { body } = await backend.me
      .get(`/calendar?${new URLSearchParams({ ...query })}`)
      .expect(400);
    expect(body.error.code).toBe(code);
    expect(body.error.message).toMatch(/^(to|from)\b/);
  });

  it('raises the risk of what meets what was allowed, and not of what only follows it', async () => {
    await approved(planned(2, 4));
    expect(await windowFact(planned(5, 4))).toMatchObject({
      value: 'conflict',
      source: 'cab',
    });
    expect((await windowFact(planned(6, 1)))?.value).not.toBe('conflict');
    // Of no plan nobody knows when it comes.
    expect((await windowFact({}))?.value).not.toBe('conflict');
  });

  it('never lets a change request stand in its own way', async () => {
    const own = await approved(planned(200, 1));
    expect(windowOf(own)?.value).not.toBe('conflict');
    const { body } = await backend.gate(own).expect(200);
    expect(body.reasonCode).not.toBe('INVALIDATED');
    expect(await backend.get(own.id)).toMatchObject({ state: 'approved' });
  });

  it('lists what is planned, with what it meets', async () => {
    const one = await approved(planned(10 * 24 + 2, 60));
    const two = await backend.create('sam', {
      entityRef: SHOP,
      ...planned(12 * 24 + 1, 1),
    });
    const three = await backend.create('pia', {
      entityRef: PAY,
      ...planned(10 * 24 + 20, 1),
    });
    const { changes } = await calendar({ from: iso(NOW + 9.9 * DAY) });
    const shown = new Map(changes.map(each => [each.id, each]));
    expect(shown.get(one.id)).toMatchObject({
      entity: { ref: PAY },
      state: 'approved',
      freezes: ['audit'],
      conflicts: [{ id: three.id, title: three.title }],
    });
    expect(shown.get(two.id)).toMatchObject({
      freezes: ['sale'],
      conflicts: [],
    });
    expect(changes.map(({ from }) => from)).toEqual(
      changes.map(({ from }) => from).sort(),
    );

    backend.world.entities = backend.world.entities.filter(
      ({ metadata }) => metadata.name !== 'pay',
    );
    const hidden = await calendar({ from: iso(NOW + 9.9 * DAY) });
    expect(hidden.changes.map(each => each.id)).toEqual([two.id]);
    expect(hidden.periods.map(({ rule }) => rule)).not.toContain('patching');
  });
});
