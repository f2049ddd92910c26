import { cpuTimeOf, HOSTILE_SHAPES, outgrows } from '@internal/hostile-text';
import { factKeyOf, withNormalRepositories } from '../facts';
import { FULL_EVENTS } from './__testUtils__/samples';
import { parseDeliveryEvent } from './parse';
import { toServiceRef } from './primitives';

const NOW = Date.parse('2026-03-01T09:00:00.000Z');
/** A request holds no more than 5 MiB; the soak goes to one of them. */
const LONGEST = process.env.FAWKES_RUNS ? 1_048_576 : 16_384;
// Thousands of measurements on two busy cores: slow is not broken.
jest.setTimeout(600_000);

type Place = [name: string, put: (text: string) => unknown];

/** Every place of every event that holds text, lists and parts included. */
function placesOf(value: unknown): Place[] {
  if (typeof value === 'string') return [['', text => text]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    placesOf(inner).map(
      ([path, put]): Place => [
        path ? `${name}.${path}` : name,
        text =>
          Array.isArray(value)
            ? Object.assign([...value], { [name]: put(text) })
            : { ...value, [name]: put(text) },
      ],
    ),
  );
}

/** A field has the same schema wherever it is, so each is tried once. */
const places = [
  ...new Map(
    FULL_EVENTS.flatMap(event =>
      placesOf(event).map(([path, put]) => [path, put] as const),
    ),
  ),
];

/** What happens to an event on its way to being a fact. */
function take(event: unknown): void {
  const parsed = parseDeliveryEvent(event, NOW);
  if (!parsed.ok) return;
  withNormalRepositories(parsed.event);
  factKeyOf({ claim: 'whole', event: parsed.event });
}

describe('text in events takes time in proportion to its length', () => {
  it.each(places)('%s', (_, put) => {
    const slow = HOSTILE_SHAPES.flatMap(
      shape => outgrows(text => take(put(text)), shape, LONGEST) ?? [],
    );
    expect(slow).toEqual([]);
  });

  it('as the name of a service', () => {
    const slow = HOSTILE_SHAPES.flatMap(
      shape => outgrows(text => toServiceRef(text), shape, LONGEST) ?? [],
    );
    expect(slow).toEqual([]);
  });
});

it('a thousand long repositories cost about what short ones do', () => {
  const [deployment] = FULL_EVENTS;
  const thousand = (repository: string) => {
    const event = { ...deployment, repository };
    return cpuTimeOf(() => {
      for (let i = 0; i < 1_000; i++) take(event);
    });
  };
  const dear = HOSTILE_SHAPES.flatMap(({ name, of }) => {
    let long = Infinity;
    let short = Infinity;
    // Noise only adds: what looks too dear is measured again, five times.
    for (let look = 0; look < 5; look++) {
      short = Math.min(short, thousand(of(30)));
      long = Math.min(long, thousand(of(510)));
      if (long < 4 * short + 5) return [];
    }
    return [`${name}: ${short} ms, ${long} ms`];
  });
  expect(dear).toEqual([]);
});
