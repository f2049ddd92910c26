import { leastCpuTimeOf } from '@internal/hostile-text';
import fc from 'fast-check';
import { findCycle } from './graph';

const nodes = fc.array(fc.array(fc.nat({ max: 11 }), { maxLength: 4 }), {
  minLength: 1,
  maxLength: 12,
});
const graphOf = (lists: number[][]) =>
  new Map(lists.map((list, node) => [String(node), list.map(String)]));

it('gives back a way that is one, and leads home', () => {
  fc.assert(
    fc.property(nodes, lists => {
      const graph = graphOf(lists);
      const cycle = findCycle(graph);
      if (!cycle) return;
      expect(cycle[0]).toBe(cycle[cycle.length - 1]);
      for (let at = 1; at < cycle.length; at++) {
        expect(graph.get(cycle[at - 1])).toContain(cycle[at]);
      }
    }),
  );
});

it('finds one exactly when taking away what needs nothing leaves something', () => {
  fc.assert(
    fc.property(nodes, lists => {
      const left = graphOf(lists);
      for (let gone = true; gone; ) {
        gone = false;
        for (const [node, needs] of left) {
          if (needs.some(need => left.has(need))) continue;
          left.delete(node);
          gone = true;
        }
      }
      expect(findCycle(graphOf(lists)) !== undefined).toBe(left.size > 0);
    }),
  );
});

it('looks through 10,000 modules in less than a second, deep or wide', () => {
  const count = 10_000;
  const chain = new Map(
    Array.from({ length: count }, (_, n) => [
      `m${n}`,
      n > 0 ? [`m${n - 1}`] : [],
    ]),
  );
  const wide = new Map(
    Array.from({ length: count }, (_, n) => [
      `m${n}`,
      Array.from(
        { length: 10 },
        (__, k) => `m${(n * 7 + k) % Math.max(n, 1)}`,
      ).filter(() => n > 0),
    ]),
  );
  const closed = new Map(chain).set('m0', [`m${count - 1}`]);
  const look = () => {
    expect(findCycle(chain)).toBeUndefined();
    expect(findCycle(wide)).toBeUndefined();
    expect(findCycle(closed)).toHaveLength(count + 1);
  };
  expect(leastCpuTimeOf(look, 1_000)).toBeLessThan(1_000);
});
