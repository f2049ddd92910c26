import { ResponseError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { PropsWithChildren } from 'react';
import { type DeliveryApi, deliveryApiRef } from '../api';

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
      },
    },
  });
}

/**
 * One client per API instance: page, tab, card and widget share one cache
 * without sharing a parent, and it lives exactly as long as the app.
 */
const clients = new WeakMap<DeliveryApi, QueryClient>();

function clientOf(api: DeliveryApi): QueryClient {
  const known = clients.get(api);
  if (known) return known;
  const client = createClient();
  clients.set(api, client);
  return client;
}

/** Everything that uses the hooks of this folder stands in one of these. */
export function QueryProvider({ children }: PropsWithChildren) {
  const api = useApi(deliveryApiRef);
  return (
    <QueryClientProvider client={clientOf(api)}>{children}</QueryClientProvider>
  );
}
