import { readSource } from '../__testUtils__/readSource';
import { contrast, distinctness } from './colour';

const css = readSource('theme', 'tokens.css');

function tokens(mode: 'light' | 'dark'): Record<string, string> {
  const block = css.split(`[data-theme-mode='${mode}'] {`)[1].split('}')[0];
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(match => [
      match[1],
      match[2],
    ]),
  );
}

const SURFACES = [
  'bui-bg-app',
  'bui-bg-neutral-1',
  'bui-bg-neutral-2',
  'bui-bg-neutral-3',
];
const TEXTS = [
  'bui-fg-primary',
  'bui-fg-secondary',
  'bui-fg-positive',
  'bui-fg-negative',
  'bui-fg-warning',
  'bui-fg-announcement',
];
const FAMILIES = ['accent', 'announcement', 'warning', 'negative', 'positive'];
const CHART = [1, 2, 3, 4, 5].map(n => `fawkes-chart-${n}`);

describe.each(['light', 'dark'] as const)('%s theme', mode => {
  const token = tokens(mode);

  it.each(TEXTS)('%s is readable on every surface (4.5:1)', text => {
    for (const surface of SURFACES) {
      expect(contrast(token[text], token[surface])).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(FAMILIES)('%s is readable on its own background', family => {
    expect(
      contrast(token[`bui-${family}-fg`], token[`bui-${family}-bg`]),
    ).toBeGreaterThanOrEqual(4.5);
    const subdued = token[`bui-${family}-bg-subdued`];
    expect(
      subdued === undefined
        ? Infinity
        : contrast(token[`bui-${family}-fg-subdued`], subdued),
    ).toBeGreaterThanOrEqual(4.5);
  });

  it('controls and focus rings stand out from every surface (3:1)', () => {
    for (const surface of SURFACES) {
      for (const edge of ['bui-border-2', 'bui-ring', 'bui-accent-bg']) {
        expect(contrast(token[edge], token[surface])).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it.each(CHART)('%s stands out from cards (3:1)', colour => {
    for (const surface of SURFACES.slice(1, 3)) {
      expect(contrast(token[colour], token[surface])).toBeGreaterThanOrEqual(3);
    }
  });

  it('chart colours are told apart with every kind of colour vision', () => {
    for (const [i, a] of CHART.entries()) {
      for (const b of CHART.slice(i + 1)) {
        expect(distinctness(token[a], token[b])).toBeGreaterThan(0.14);
      }
    }
  });
});
