import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { DELIVERY_SIGNAL_CHANNEL } from '@fawkes/backstage-plugin-delivery-common';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { affects } from './affects';
import { coalesce } from './coalesce';

/** How often an app without the signals plugin asks. */
const POLL_MS = 30_000;

/**
 * Keeps what is shown up to date. New facts are announced over signals; only
 * where that plugin is not installed does the page ask by itself.
 *
 * The channel is subscribed directly rather than with `useSignal`, whose
 * "last signal" drops one of two messages that arrive in the same render.
 */
export function useLiveDelivery(): { live: boolean } {
  const client = useQueryClient();
  const signals = useApiHolder().get(signalApiRef);

  useEffect(() => {
    const announce = coalesce(tags =>
      client.invalidateQueries({
        predicate: query => affects(query, tags),
      }),
    );
    if (signals) {
      const subscription = signals.subscribe(DELIVERY_SIGNAL_CHANNEL, message =>
        announce(tagsOf(message)),
      );
      return () => subscription.unsubscribe();
    }
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') announce(null);
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [client, signals]);

  return { live: signals !== undefined };
}

/** A message nobody understands means: everything may have changed. */
function tagsOf(message: { tags?: unknown }): string[] | null {
  return Array.isArray(message.tags)
    ? message.tags.map(tag => String(tag))
    : null;
}
