import fc from 'fast-check';
import { byRank, drawItems } from './draw';

const setup = fc
  .uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 30 })
  .chain(pool =>
    fc.record({
      pool: fc.constant(pool),
      pick: fc.integer({ min: 1, max: pool.length }),
      seeds: fc.tuple(fc.string(), fc.string()),
    }),
  );
const rankBy = (seed: string) => (id: string) => {
  let hash = 7;
  for (const char of `${seed}|${id}`)
    hash = (hash * 31 + char.codePointAt(0)!) % 1_000_003;
  return String(hash).padStart(7, '0');
};

it('draws as many as it should, each once, all from the pool', () => {
  fc.assert(
    fc.property(setup, ({ pool, pick, seeds: [seed] }) => {
      const drawn = drawItems(pool, pick, [], rankBy(seed));
      expect(new Set(drawn).size).toBe(pick);
      expect(drawn.every(id => pool.includes(id))).toBe(true);
    }),
  );
});

it('has min(pick, pool − pick) items that the draw before had not', () => {
  fc.assert(
    fc.property(setup, ({ pool, pick, seeds: [first, second] }) => {
      const before = drawItems(pool, pick, [], rankBy(first));
      const next = drawItems(pool, pick, before, rankBy(second));
      const fresh = next.filter(id => !before.includes(id));
      expect(fresh).toHaveLength(Math.min(pick, pool.length - pick));
    }),
  );
});

it('depends on chance and on nothing else', () => {
  fc.assert(
    fc.property(setup, ({ pool, pick, seeds: [seed] }) => {
      const turned = [...pool].reverse();
      expect(drawItems(turned, pick, [], rankBy(seed))).toEqual(
        drawItems(pool, pick, [], rankBy(seed)),
      );
      expect([...byRank(pool, rankBy(seed))].sort()).toEqual([...pool].sort());
    }),
  );
});
