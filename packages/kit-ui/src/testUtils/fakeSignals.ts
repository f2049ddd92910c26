import type { SignalApi } from '@backstage/plugin-signals-react';
import { act } from '@testing-library/react';

/** What a backend sends over signals. @public */
export type SignalMessage = Parameters<
  Parameters<SignalApi['subscribe']>[1]
>[0];
type Listener = (message: SignalMessage) => void;

/** Signals a test sends itself. @public */
export interface FakeSignals {
  /** Stands for the plugin's API. */
  api: SignalApi;
  /** Sends a message to whoever listens to the channel. */
  send(channel: string, message: SignalMessage): Promise<void>;
  /** How many listen. */
  count(): number;
}

/** A signals plugin in a test. @public */
export function fakeSignals(): FakeSignals {
  const listeners = new Map<Listener, string>();
  return {
    api: {
      subscribe(channel, onMessage) {
        const listener = onMessage as Listener;
        listeners.set(listener, channel);
        return { unsubscribe: () => listeners.delete(listener) };
      },
    },
    send: (channel, message) =>
      act(async () => {
        listeners.forEach((subscribed, listener) => {
          if (subscribed === channel) listener(message);
        });
      }),
    count: () => listeners.size,
  };
}
