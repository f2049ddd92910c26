/**
 * An app may bring a palette (`--fawkes-chart-1` to `-5`); a stock app has
 * none, so every colour falls back to a token of the UI kit that both themes
 * define.
 */
const FALLBACKS = [
  '--bui-accent-bg',
  '--bui-fg-warning',
  '--bui-fg-announcement',
  '--bui-fg-negative',
  '--bui-fg-secondary',
];

/**
 * The colour of the n-th series, from 0; it begins anew after the fifth, as a
 * chart has no more than five. Who shows the same thing in several charts
 * chooses its colour once, and hands it to all of them.
 * @public
 */
export function chartColour(index: number): string {
  const at = index % FALLBACKS.length;
  return `var(--fawkes-chart-${at + 1}, var(${FALLBACKS[at]}))`;
}
