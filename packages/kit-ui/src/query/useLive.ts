import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { coalesce } from './coalesce';
import { isRefusal } from './refusals';

/** How often an app without the signals plugin asks. */
const POLL_MS = 30_000;

/** What has to be known of a query to say whether news concern it. @public */
export interface AskedQuery {
  /** Its key, which begins with the name of the family. */
  queryKey: readonly unknown[];
  /** What was answered last. */
  state: { data?: unknown; error?: unknown };
}

/**
 * Whether news with these tags may change the answer of a query; `null` means
 * that everything may have changed. Its identity has to be stable.
 * @public
 */
export type Affects = (
  query: AskedQuery,
  tags: ReadonlySet<string> | null,
) => boolean;

/**
 * Keeps what is shown up to date. News is announced over signals; only where
 * that plugin is not installed does the page ask by itself. What was refused is
 * not asked again by news: that is left to the person.
 *
 * The channel is subscribed directly rather than with `useSignal`, whose
 * "last signal" drops one of two messages that arrive in the same render.
 * @public
 */
export function useLive(channel: string, affects: Affects): { live: boolean } {
  const client = useQueryClient();
  const signals = useApiHolder().get(signalApiRef);

  useEffect(() => {
    const announce = coalesce(tags =>
      client.invalidateQueries({
        // News of what a person may not see are none to them.
        predicate: query =>
          !isRefusal(query.state.error) && affects(query, tags),
      }),
    );
    if (signals) {
      const subscription = signals.subscribe(channel, message =>
        announce(tagsOf(message)),
      );
      return () => subscription.unsubscribe();
    }
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') announce(null);
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [client, signals, channel, affects]);

  return { live: signals !== undefined };
}

/** A message nobody understands means: everything may have changed. */
function tagsOf(message: { tags?: unknown }): string[] | null {
  return Array.isArray(message.tags)
    ? message.tags.map(tag => String(tag))
    : null;
}
