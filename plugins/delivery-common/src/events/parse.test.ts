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
        expect(
          parsed.ok ? parseDeliveryEvent(parsed.event, NOW) : refused,
        ).toEqual(parsed);
      },
    ),
    { numRuns },
  );
});
