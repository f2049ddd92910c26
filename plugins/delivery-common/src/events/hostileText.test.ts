import {
  cpuTimeOf,
  HOSTILE_SHAPES,
  nextShapes,
  outgrows,
} from '@internal/hostile-text';
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
    const slow = nextShapes().flatMap(
      shape => outgrows(text => take(put(text)), shape, LONGEST) ?? [],
    );
    expect(slow).toEqual([]);
  });

  it('as the name of a service', () => {
    const slow = nextShapes().flatMap(
      shape => outgrows(text => toServiceRef(text), shape, LONGEST) ?? [],
    );
    expect(slow).toEqual([]);
  });
});

const SHORT = 30;
/** The longest name that is taken has 512 characters. */
const LONG = 510;

it('a thousand long repositories cost no more than in proportion', () => {
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
      short = Math.min(short, thousand(of(SHORT)));
      long = Math.min(long, thousand(of(LONG)));
      if (long < (LONG / SHORT) * short) return [];
    }
    return [`${name}: ${short} ms, ${long} ms`];
  });
  expect(dear).toEqual([]);
});
