import type { SignalApi } from '@backstage/plugin-signals-react';
import { act } from '@testing-library/react';

type Message = Parameters<Parameters<SignalApi['subscribe']>[1]>[0];
type Listener = (message: Message) => void;

/** Signals a test sends itself. @public */
export interface FakeSignals {
  api: SignalApi;
  send(channel: string, message: Message): Promise<void>;
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
