import type { ChangeResponse } from '@fawkes/backstage-plugin-delivery-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aChange, aDeployment, known, NOW } from '../../../dev/builders';
import { fakeApi } from '../../__testUtils__/fakeApi';
import { renderDelivery } from '../../__testUtils__/renderDelivery';
import { ChangePage } from './ChangePage';

function aChangeResponse(
  overrides: Partial<ChangeResponse> = {},
): ChangeResponse {
  return {
    rebuilding: false,
    asOf: NOW,
    change: {
      key: 'change-7',
      kind: 'pull_request',
      repository: 'github.com/acme/payments-api',
      id: '77',
      title: 'Retry declined cards',
      url: 'https://github.com/acme/payments-api/pull/77',
      timeline: [
        { name: 'opened', at: '2026-03-09T09:00:00.000Z' },
        { name: 'firstReview', at: '2026-03-09T18:00:00.000Z' },
        { name: 'merged', at: '2026-03-10T09:00:00.000Z' },
        { name: 'archived', at: '2026-03-11T09:00:00.000Z' },
      ],
      commits: ['a', 'b', 'c'],
    },
    deployments: [
      {
        deployment: aDeployment(),
        leadSeconds: known(24 * 3600),
        stages: aChange().stages,
      },
    ],
    ...overrides,
  };
}

function open(api: ReturnType<typeof fakeApi>) {
  renderDelivery(<ChangePage />, {
    api,
    path: '/delivery/changes/:key',
    at: '/delivery/changes/change-7',
  });
}

describe('ChangePage', () => {
  it('shows that it is loading', async () => {
    open(fakeApi({ getChange: jest.fn(() => new Promise(() => {})) }));
    expect(await screen.findByText('Loading the change')).toBeVisible();
  });

  it('tells what happened when, and how much later', async () => {
    const api = fakeApi({ getChange: jest.fn(async () => aChangeResponse()) });
    open(api);
    expect(
      await screen.findByRole('heading', { name: 'Retry declined cards' }),
    ).toBeVisible();
    expect(api.getChange.mock.calls[0][0]).toEqual({ key: 'change-7' });
    expect(screen.getByRole('link', { name: '#77' })).toHaveAttribute(
      'href',
      'https://github.com/acme/payments-api/pull/77',
    );

    const moments = within(
      screen.getByRole('list', { name: 'What happened when' }),
    ).getAllByRole('listitem');
    expect(moments).toHaveLength(4);
    expect(moments[0]).toHaveTextContent('Pull request opened');
    expect(moments[1]).toHaveTextContent(/First review.*9 h later/);
    // A moment this version has no word for keeps its own.
    expect(moments[3]).toHaveTextContent(/archived.*1 day later/);
  });

  it('shows where it went', async () => {
    open(fakeApi({ getChange: jest.fn(async () => aChangeResponse()) }));
    const went = await screen.findByRole('region', { name: 'Where it went' });
    expect(
      within(went).getByRole('link', { name: '1.42.0 → production' }),
    ).toHaveAttribute('href', '/delivery/deployments/key-1001');
    expect(
      within(went).getByRole('link', { name: 'payments-api' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/payments-api/delivery',
    );
    expect(went).toHaveTextContent('Lead time 1 day');
  });

  it('says that it has not gone anywhere yet', async () => {
    open(
      fakeApi({
        getChange: jest.fn(async () => aChangeResponse({ deployments: [] })),
      }),
    );
    expect(
      await screen.findByRole('heading', {
        name: 'It has not reached production yet',
      }),
    ).toBeVisible();
  });

  it('offers to try again after an error', async () => {
    const getChange = jest
      .fn()
      .mockRejectedValueOnce(new Error('the disk is full'))
      .mockResolvedValue(aChangeResponse());
    open(fakeApi({ getChange }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'the disk is full',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('heading', { name: 'Retry declined cards' }),
    ).toBeVisible();
  });
});
