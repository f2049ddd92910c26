import { ResponseError } from '@backstage/errors';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isRefusal } from './refusals';

const STALE_MS = 15_000;

/** Answers of a gateway while the backend restarts. */
const PASSING = [502, 503, 504];

function createClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        // What was announced while the machine slept was missed.
        refetchOnWindowFocus: true,
        retry: (failures, error) =>
          failures < 2 &&
          error instanceof ResponseError &&
          PASSING.includes(error.statusCode),
        // Each part of a page that shows a refused answer would ask anew; who comes back later does.
        retryOnMount: ({ state }) =>
          !isRefusal(state.error) ||
          Date.now() - state.errorUpdatedAt > STALE_MS,
      },
    },
  });
}

/**
 * One client per owner: page, tab, card and widget share one cache without
 * sharing a parent, and it lives exactly as long as the app.
 */
const clients = new WeakMap<object, QueryClient>();

function clientOf(owner: object): QueryClient {
  const known = clients.get(owner);
  if (known) return known;
  const client = createClient();
  clients.set(owner, client);
  return client;
}

/** What {@link QueryProvider} takes. @public */
export interface QueryProviderProps {
  /** The API of the family: whoever gives the same one shares its answers. */
  owner: object;
  /** Who asks. */
  children: ReactNode;
}

/** Everything that asks stands in one of these. @public */
export function QueryProvider({ owner, children }: QueryProviderProps) {
  return (
    <QueryClientProvider client={clientOf(owner)}>
      {children}
    </QueryClientProvider>
  );
}
