import type { SignalApi } from '@backstage/plugin-signals-react';
import { act } from '@testing-library/react';

type Message = Parameters<Parameters<SignalApi['subscribe']>[1]>[0];
type Listener = (message: Message) => void;

/** Signals a test sends itself. */
export function fakeSignals() {
  const listeners = new Map<Listener, string>();
  const api: SignalApi = {
    subscribe(channel, onMessage) {
      const listener = onMessage as Listener;
      listeners.set(listener, channel);
      return { unsubscribe: () => listeners.delete(listener) };
    },
  };
  return {
    api,
    send: (channel: string, message: Message) =>
      act(async () => {
        listeners.forEach((subscribed, listener) => {
          if (subscribed === channel) listener(message);
        });
      }),
    /** How many listen. */
    count: () => listeners.size,
  };
}
