import { TestApiProvider } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act, render, screen } from '@testing-library/react';
import { useQuery } from '@tanstack/react-query';
import { fakeSignals } from '../testUtils';
import { QueryProvider } from './QueryProvider';
import { useLive, type AskedQuery } from './useLive';

const aboutA = (query: AskedQuery, tags: ReadonlySet<string> | null) =>
  query.queryKey[0] === 'counted' && (tags === null || tags.has('a'));

function Counted({ ask }: { ask: () => Promise<number> }) {
  const { live } = useLive('things', aboutA);
  const { data } = useQuery({ queryKey: ['counted'], queryFn: ask });
  return (
    <p>
      {live ? 'live' : 'polling'}: {data ?? 'nothing yet'}
    </p>
  );
}

function open(signals?: ReturnType<typeof fakeSignals>) {
  jest.useFakeTimers();
  let asked = 0;
  const counted = (
    <QueryProvider owner={{}}>
      <Counted
        ask={async () => {
          asked += 1;
          return asked;
        }}
      />
    </QueryProvider>
  );
  return render(
    signals ? (
      <TestApiProvider apis={[[signalApiRef, signals.api]]}>
        {counted}
      </TestApiProvider>
    ) : (
      <TestApiProvider apis={[]}>{counted}</TestApiProvider>
    ),
  );
}

const wait = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

describe('useLive', () => {
  afterEach(() => jest.useRealTimers());

  it('asks again for news that concern what is shown', async () => {
    const signals = fakeSignals();
    open(signals);
    await wait(60_000);
    expect(screen.getByText('live: 1')).toBeVisible();
    await signals.send('things', { tags: ['b'] });
    await signals.send('others', { tags: ['a'] });
    await wait(10);
    expect(screen.getByText('live: 1')).toBeVisible();
    await signals.send('things', { tags: ['a'] });
    await wait(10);
    expect(screen.getByText('live: 2')).toBeVisible();
  });

  it('takes a message nobody understands for news about everything', async () => {
    const signals = fakeSignals();
    open(signals);
    await wait(10);
    await signals.send('things', { unheard: 'of' });
    await wait(10);
    expect(screen.getByText('live: 2')).toBeVisible();
  });

  it('asks by itself where signals are not installed', async () => {
    open();
    await wait(10);
    expect(screen.getByText('polling: 1')).toBeVisible();
    await wait(30_000);
    expect(screen.getByText('polling: 2')).toBeVisible();
  });

  it('stops listening with the page', async () => {
    const signals = fakeSignals();
    const { unmount } = open(signals);
    await wait(10);
    expect(signals.count()).toBe(1);
    unmount();
    expect(signals.count()).toBe(0);
  });
});
