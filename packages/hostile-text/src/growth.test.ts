import { outgrows } from './growth';
import { shapesOf } from './shapes';

const [shape] = shapesOf('a');

/** Does something as often as it is told to. */
function work(times: number): number {
  let sum = 0;
  for (let i = 0; i < times; i++) sum = (sum * 31 + i) % 1_000_003;
  return sum;
}

describe('outgrows', () => {
  it('lets time grow in proportion', () => {
    const run = (text: string) => void work(text.length * 20);
    expect(outgrows(run, shape, 1_000_000)).toBeUndefined();
  });

  it('lets what is bounded be as long as it is', () => {
    const run = (text: string) => void work(Math.min(text.length, 512) ** 2);
    expect(outgrows(run, shape, 1_000_000)).toBeUndefined();
  });

  it.each([
    ['the square', (n: number) => n * n],
    ['two to the power', (n: number) => 2 ** n],
  ])('finds %s, long before it hangs', (_, steps) => {
    const asked: number[] = [];
    const run = (text: string) => {
      asked.push(text.length);
      work(steps(text.length));
    };
    expect(outgrows(run, shape, 1_000_000)).toMatch(/^"a…": \d+ characters/);
    expect(Math.max(...asked)).toBeLessThan(50_000);
  });

  it('finds a pattern that tries every way to divide a run', () => {
    const run = (text: string) => void /\/+$/.test(text);
    const [, slashes] = shapesOf('/');
    expect(outgrows(run, slashes, 1_000_000)).toMatch(/^"h\/\/…a": /);
  });
});

describe('shapes', () => {
  it.each([0, 1, 2, 3, 16, 17, 512])('are as long as asked: %d', length => {
    for (const { name, of } of [...shapesOf('a'), ...shapesOf('**/')]) {
      expect([name, of(length).length]).toEqual([name, length]);
    }
  });
});
