import { HOSTILE_SHAPES } from '@internal/hostile-text';
import fc from 'fast-check';
import { CLOCK_TOLERANCE_MS, parseDeliveryEvent } from './parse';
import { formatPath } from '@fawkes/kit-contract';
import { FULL_EVENTS } from './__testUtils__/samples';

const NOW = Date.parse('2026-03-01T09:00:00.000Z');
const numRuns = Number(process.env.FAWKES_RUNS ?? 500);

function pathOf(value: unknown): string {
  const parsed = parseDeliveryEvent(value, NOW);
  return parsed.ok ? 'ok' : parsed.fault.path;
}

describe('every type of event', () => {
  it.each(FULL_EVENTS)('is taken as it is: $type $kind', event => {
    expect(parseDeliveryEvent(event, NOW)).toEqual({ ok: true, event });
  });

  it.each(FULL_EVENTS)('is read the same twice: $type $kind', event => {
    const first = parseDeliveryEvent(event, NOW);
    expect(first.ok && parseDeliveryEvent(first.event, NOW)).toEqual(first);
  });

  it.each(
    FULL_EVENTS.flatMap(event =>
      Object.keys(event).map(field => ({ event, field })),
    ),
  )('never takes null for absent: $event.type $field', ({ event, field }) => {
    expect(pathOf({ ...event, [field]: null })).toBe(field);
  });

  it.each(FULL_EVENTS)('has no field nobody knows: $type $kind', event => {
    expect(pathOf({ ...event, nonsense: 1 })).toBe('nonsense');
    expect(
      pathOf(JSON.parse(`{"__proto__":1,${JSON.stringify(event).slice(1)}`)),
    ).toBe('__proto__');
  });
});

describe('what is too long', () => {
  const [deployment, parts, commit, pull] = FULL_EVENTS as object[];
  const shas = (count: number) =>
    Array.from({ length: count }, () => 'a'.repeat(40));
  const parse = (event: object) => {
    const parsed = parseDeliveryEvent(event, NOW);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.fault));
    return parsed;
  };

  it.each([
    ['x'.repeat(512), 'x'.repeat(512), undefined],
    ['x'.repeat(513), 'x'.repeat(512), { texts: 1, lists: 0 }],
    // Not in the middle of a character.
    [`${'x'.repeat(511)}😀`, 'x'.repeat(511), { texts: 1, lists: 0 }],
    [`${'x'.repeat(510)}😀😀`, `${'x'.repeat(510)}😀`, { texts: 1, lists: 0 }],
  ])('is clipped, and counted: %#', (title, kept, shortened) => {
    const parsed = parse({ ...commit, title });
    expect(parsed.event).toMatchObject({ title: kept });
    expect(parsed.shortened).toEqual(shortened);
    // What is kept is not counted again.
    expect(parse(parsed.event).shortened).toBeUndefined();
  });

  it('is unknown, where it is a list that numbers are made of', () => {
    const one = { texts: 0, lists: 1 };
    const many = { ...deployment, commits: shas(10_001) };
    expect(parse(many).event).not.toHaveProperty('commits');
    expect(parse(many).shortened).toEqual(one);
    const paths = Array.from({ length: 5_001 }, (_, n) => `f${n}`);
    expect(parse({ ...commit, paths })).toMatchObject({ shortened: one });
    const [part] = (parts as { parts: object[] }).parts;
    const ofPart = parse({
      ...parts,
      parts: [{ ...part, commits: shas(10_001) }],
    });
    expect(ofPart.shortened).toEqual(one);
    expect(ofPart.event).toMatchObject({
      parts: [expect.not.objectContaining({ commits: expect.anything() })],
    });
    const request = parse({ ...pull, commits: shas(10_001) });
    expect(request).toMatchObject({ event: { commits: [] }, shortened: one });
    const push = parse({
      type: 'change',
      kind: 'push',
      source: 'x',
      id: 'p',
      occurredAt: '2026-02-01T09:00:00Z',
      repository: 'acme/shop',
      ref: 'refs/heads/main',
      before: 'b'.repeat(40),
      after: 'a'.repeat(40),
      complete: true,
      commits: shas(10_001),
    });
    expect(push).toMatchObject({ event: { commits: [] }, shortened: one });
    expect(push.event).not.toHaveProperty('complete');
  });

  it('is only what no list may hold', () => {
    const full = parse({ ...deployment, commits: shas(10_000) });
    expect(full).toMatchObject({ event: { commits: { length: 10_000 } } });
    expect(full.shortened).toBeUndefined();
  });
});

describe('a fault is named by its path', () => {
  const [deployment, parts, commit, pull, incident, item] = FULL_EVENTS;
  const before = '2026-03-01T08:59:59Z';
  const far = new Date(NOW + CLOCK_TOLERANCE_MS + 1).toISOString();
  const near = new Date(NOW + CLOCK_TOLERANCE_MS).toISOString();

  it.each([
    ['finishedAt', { ...deployment, finishedAt: before }],
    ['finishedAt', { ...deployment, finishedAt: undefined }],
    ['repository', { ...deployment, repository: undefined }],
    ['parts', { ...deployment, parts: parts.parts }],
    ['parts[0].sha', { ...parts, parts: [{ repository: 'a/b', sha: 'x' }] }],
    [
      'parts[1].what',
      {
        ...parts,
        parts: [
          { repository: 'a/b', sha: 'a'.repeat(40) },
          { repository: 'a/b', sha: 'a'.repeat(40), what: 1 },
        ],
      },
    ],
    ['commits[0]', { ...deployment, commits: ['abc'] }],
    ['status', { ...deployment, status: 'done' }],
    ['environment', { ...deployment, environment: '' }],
    ['source', { ...deployment, source: 'a\u0000b' }],
    ['id', { ...deployment, id: 'x'.repeat(513) }],
    ['parents', { ...commit, parents: undefined }],
    ['number', { ...pull, number: 0 }],
    ['number', { ...pull, number: 2 ** 31 }],
    ['resolvedAt', { ...incident, resolvedAt: before }],
    ['closedAt', { ...item, closedAt: before }],
    ['occurredAt', { ...item, occurredAt: far }],
    ['type', { ...item, type: 'thing' }],
    ['kind', { ...commit, kind: 'tag' }],
    ['', []],
    ['', 'text'],
    ['', null],
    ['', undefined],
    ['type', {}],
  ])('%s', (path, value) => {
    expect(pathOf(value)).toBe(path);
  });

  it('lets clocks run ahead a little', () => {
    expect(pathOf({ ...item, occurredAt: near })).toBe('ok');
  });

  it('lets a tombstone leave out when the deployment finished', () => {
    const gone = { ...deployment, finishedAt: undefined, deleted: true };
    expect(pathOf(JSON.parse(JSON.stringify(gone)))).toBe('ok');
  });

  it('is short, whatever was sent', () => {
    const parsed = parseDeliveryEvent({ ...item, ['x'.repeat(9_999)]: 1 }, NOW);
    expect(!parsed.ok && parsed.fault.path.length).toBeLessThan(250);
    expect(formatPath(['parts', 1, 'sha'])).toBe('parts[1].sha');
  });
});

it.each([
  ['environment', 'İ'.repeat(200)],
  ['environment', '\u0958'.repeat(200)],
  ['repository', `acme/${'İ'.repeat(500)}`],
])('refuses a name of %s that lower case makes too long', (field, value) => {
  const event = {
    type: 'deployment',
    source: 'ci',
    id: 'd1',
    environment: 'production',
    status: 'success',
    occurredAt: '2026-03-01T09:00:00Z',
    finishedAt: '2026-03-01T09:00:00Z',
    repository: 'acme/shop',
    sha: 'a'.repeat(40),
  };
  expect(parseDeliveryEvent(event, NOW)).toMatchObject({ ok: true });
  expect(parseDeliveryEvent({ ...event, [field]: value }, NOW)).toMatchObject({
    ok: false,
    fault: { path: field, reason: expect.stringContaining('lower case') },
  });
});

it('answers any mutation of an event, and never throws', () => {
  const refused = {
    ok: false,
    fault: { path: expect.any(String), reason: expect.stringMatching(/./) },
  };
  const value = fc.oneof(
    fc.anything({ withBigInt: true, withDate: true, withMap: true }),
    fc.string({ unit: 'binary' }),
    fc
      .tuple(
        fc.constantFrom(...HOSTILE_SHAPES),
        fc.constantFrom(40, 511, 9_999),
      )
      .map(([{ of }, length]) => of(length)),
    fc.date({ noInvalidDate: true }).map(date => date.toISOString()),
    fc.constantFrom('', null, undefined, NaN, -1, 2 ** 53, '__proto__', []),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...FULL_EVENTS),
      fc.array(
        fc.record({
          at: fc.nat(40),
          add: fc.boolean(),
          name: fc.string(),
          value,
        }),
        { minLength: 1, maxLength: 3 },
      ),
      (event, mutations) => {
        const mutant: Record<string, unknown> = structuredClone(event);
        for (const { at, add, name, value: put } of mutations) {
          const names = Object.keys(mutant);
          mutant[add ? name : names[at % names.length]] = put;
        }
        const parsed = parseDeliveryEvent(mutant, NOW);
        // Taken means readable again, as it was taken; refused means why.
        // What was shortened once is short.
        expect(
          parsed.ok ? parseDeliveryEvent(parsed.event, NOW) : refused,
        ).toEqual(parsed.ok ? { ok: true, event: parsed.event } : parsed);
      },
    ),
    { numRuns },
  );
});
