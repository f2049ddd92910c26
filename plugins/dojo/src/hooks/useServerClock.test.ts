import { act, renderHook } from '@testing-library/react';
import { useMillisecondsUntil } from './useServerClock';

const SERVER = Date.parse('2026-11-30T12:00:00Z');
const iso = (ms: number) => new Date(ms).toISOString();

beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2001-01-01T00:00:00Z') });
});
afterEach(() => jest.useRealTimers());

const until = (at: number, asOf = SERVER) =>
  renderHook(props => useMillisecondsUntil(iso(props.at), iso(props.asOf)), {
    initialProps: { at, asOf },
  });

it('counts down by the clock of the server, wherever that of this machine stands', () => {
  const { result } = until(SERVER + 10_000);
  expect(result.current).toBe(10_000);
  act(() => jest.advanceTimersByTime(4_000));
  expect(result.current).toBe(6_000);
  act(() => jest.advanceTimersByTime(60_000));
  expect(result.current).toBe(0);
});

it('does not wait for what is due already when another answer comes between two ticks', () => {
  const { result, rerender } = until(SERVER);
  act(() => jest.advanceTimersByTime(1_900));
  const later = SERVER + 1_900;
  rerender({ at: later, asOf: later });
  expect(result.current).toBe(0);
});
