import { shortcutHint } from './shortcutHint';

describe('shortcutHint', () => {
  it.each([
    ['MacIntel', 0, ' (⌘K)'],
    ['Linux x86_64', 0, ' (Ctrl+K)'],
    ['Win32', 0, ' (Ctrl+K)'],
    ['iPhone', 5, ''],
  ])('on %s with %d touch points: "%s"', (platform, maxTouchPoints, hint) => {
    expect(shortcutHint({ platform, maxTouchPoints })).toBe(hint);
  });
});
