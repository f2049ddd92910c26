import { ResponseError } from '@backstage/errors';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useQuery } from '@tanstack/react-query';
import { act, render, screen } from '@testing-library/react';
import { fakeSignals } from '../testUtils';
import { QueryProvider } from './QueryProvider';
import { askWhile, isRefusal } from './refusals';
import { useLive } from './useLive';

const answered = (status: number) =>
  ResponseError.fromResponse(new Response('', { status }));
const wait = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));
const everything = () => true;

function Ask({ ask }: { ask: () => Promise<string> }) {
  useLive('things', everything);
  const { error, data } = useQuery({
    queryKey: ['q'],
    queryFn: ask,
    refetchInterval: ({ state }) => askWhile(1_000, state, true),
  });
  return <p>{error ? 'refused' : data ?? 'asking'}</p>;
}

/** A page of one part or two, and how often it asked a backend that answers this. */
function open(answer: () => Promise<string>) {
  jest.useFakeTimers();
  const signals = fakeSignals();
  const ask = jest.fn(answer);
  const owner = {};
  const page = (parts: number) => (
    <TestApiProvider apis={[[signalApiRef, signals.api]]}>
      <QueryProvider owner={owner}>
        {Array.from({ length: parts }, (_, part) => (
          <Ask key={part} ask={ask} />
        ))}
      </QueryProvider>
    </TestApiProvider>
  );
  const { rerender } = render(page(1));
  return { ask, signals, show: (parts: number) => rerender(page(parts)) };
}

describe('what a backend refuses', () => {
  afterEach(() => jest.useRealTimers());

  it.each([400, 401, 403, 404, 409, 422, 429])(
    '%d is asked once: not again by itself, by news, or for another part of the page',
    async status => {
      const { ask, signals, show } = open(async () => {
        throw await answered(status);
      });
      await wait(5_000);
      expect(screen.getByText('refused')).toBeVisible();
      await signals.send('things', { tags: ['a'] });
      await wait(5_000);
      show(2);
      await wait(1_000);
      expect(screen.getAllByText('refused')).toHaveLength(2);
      expect(ask).toHaveBeenCalledTimes(1);
    },
  );

  it('is asked again when somebody comes back to it later', async () => {
    const { ask, show } = open(async () => {
      throw await answered(404);
    });
    await wait(1_000);
    show(0);
    await wait(60_000);
    show(1);
    await wait(1_000);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('ends an interval that had answers before', async () => {
    let mayRead = true;
    const { ask } = open(async () => {
      if (!mayRead) throw await answered(403);
      return 'read';
    });
    await wait(3_500);
    expect(ask).toHaveBeenCalledTimes(4);
    mayRead = false;
    await wait(10_000);
    expect(screen.getByText('refused')).toBeVisible();
    expect(ask).toHaveBeenCalledTimes(5);
  });

  it('is told from a gateway that fails, which is asked again', async () => {
    const { ask } = open(async () => {
      throw await answered(503);
    });
    await wait(900);
    expect(ask).toHaveBeenCalledTimes(1);
    await wait(2_200);
    expect(ask.mock.calls.length).toBeGreaterThan(2);
  });
});

it.each([
  [new TypeError('Failed to fetch'), false],
  [{ statusCode: 500 }, false],
  [{ statusCode: 404 }, true],
  [undefined, false],
])('%p: %s', (error, expected) => {
  expect(isRefusal(error)).toBe(expected);
});
