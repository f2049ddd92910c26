import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { DELIVERY_SIGNAL_CHANNEL } from '@fawkes/backstage-plugin-delivery-common';
import { act, render, screen } from '@testing-library/react';
import { fakeSignals } from '@fawkes/kit-ui/testUtils';
import { NOW } from '../../dev/builders';
import { fakeApi } from '../__testUtils__/fakeApi';
import { deliveryApiRef } from '../api';
import { QueryProvider } from './QueryProvider';
import { useIntake } from './useIntakeData';
import { useLiveDelivery } from './useLiveDelivery';

function Waiting() {
  const { live } = useLiveDelivery();
  const { data } = useIntake();
  return (
    <p>
      {live ? 'live' : 'polling'}: {data?.received ?? 'nothing yet'}
    </p>
  );
}

/** An intake that has one more waiting each time it is asked. */
function growingIntake() {
  let received = 0;
  return fakeApi({
    getIntake: async () => {
      received += 1;
      return {
        asOf: NOW,
        received,
        processed: 0,
        ignored: 0,
        rejected: 0,
        dirtyServices: 0,
        lagSeconds: 0,
        rebuild: null,
      };
    },
  });
}

describe('useLiveDelivery', () => {
  afterEach(() => jest.useRealTimers());

  it('asks by itself only where signals are not installed', async () => {
    jest.useFakeTimers();
    render(
      <TestApiProvider
        apis={[
          [deliveryApiRef, growingIntake()],
          mockApis.translation(),
          mockApis.error(),
        ]}
      >
        <QueryProvider>
          <Waiting />
        </QueryProvider>
      </TestApiProvider>,
    );
    await act(() => jest.advanceTimersByTimeAsync(10));
    expect(screen.getByText('polling: 1')).toBeVisible();
    await act(() => jest.advanceTimersByTimeAsync(30_000));
    expect(screen.getByText('polling: 2')).toBeVisible();
  });

  it('waits for signals where they are, whatever they say', async () => {
    jest.useFakeTimers();
    const signals = fakeSignals();
    render(
      <TestApiProvider
        apis={[
          [deliveryApiRef, growingIntake()],
          [signalApiRef, signals.api],
          mockApis.translation(),
          mockApis.error(),
        ]}
      >
        <QueryProvider>
          <Waiting />
        </QueryProvider>
      </TestApiProvider>,
    );
    await act(() => jest.advanceTimersByTimeAsync(60_000));
    expect(screen.getByText('live: 1')).toBeVisible();
    await signals.send(DELIVERY_SIGNAL_CHANNEL, { unheard: 'of' });
    await act(() => jest.advanceTimersByTimeAsync(10));
    expect(screen.getByText('live: 2')).toBeVisible();
  });
});
