import { ResponseError } from '@backstage/errors';
import { DELIVERY_SIGNAL_CHANNEL } from '@fawkes/backstage-plugin-delivery-common';
import { signalTag } from '@fawkes/kit-contract';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeSignals } from '@fawkes/kit-ui/testUtils';
import {
  aDeployment,
  aDeploymentResponse,
  aFailedResponse,
  unknown,
} from '../../../dev/builders';
import { fakeApi } from '../../__testUtils__/fakeApi';
import { renderDelivery } from '../../__testUtils__/renderDelivery';
import { DeploymentPage } from './DeploymentPage';

const path = '/delivery/deployments/:key';
const at = '/delivery/deployments/key-1001';

function open(
  api: ReturnType<typeof fakeApi>,
  options: { signals?: ReturnType<typeof fakeSignals> } = {},
) {
  return renderDelivery(<DeploymentPage />, { api, path, at, ...options });
}

const refused = (status: number) =>
  ResponseError.fromResponse(new Response('{}', { status }));

describe('DeploymentPage', () => {
  it('shows that it is loading', async () => {
    open(fakeApi({ getDeployment: jest.fn(() => new Promise(() => {})) }));
    expect(await screen.findByText('Loading the deployment')).toBeVisible();
  });

  it('says what it was, what it carried and how that was found out', async () => {
    const api = fakeApi({
      getDeployment: jest.fn(async () => aDeploymentResponse()),
    });
    open(api);

    expect(
      await screen.findByRole('heading', { name: '1.42.0 → production' }),
    ).toBeVisible();
    expect(api.getDeployment).toHaveBeenCalledWith(
      { key: 'key-1001' },
      {
        signal: expect.any(AbortSignal),
      },
    );
    expect(screen.getByText('Success')).toBeVisible();
    expect(screen.getByRole('link', { name: '1001' })).toHaveAttribute(
      'href',
      'https://github.com/acme/payments-api/actions/runs/1001',
    );
    const contents = screen.getByRole('region', {
      name: 'Contains 2 changes (found by reachability, certain)',
    });
    expect(
      within(contents).getByText(
        /^Found by: the commits reachable .* \(very likely\)$/,
      ),
    ).toBeVisible();
    expect(
      within(contents).getByRole('link', {
        name: 'Retry a declined card once',
      }),
    ).toHaveAttribute('href', '/delivery/changes/change-1');
    const stages = within(contents).getByRole('list', {
      name: 'Where the time of "Retry a declined card once" went',
    });
    expect(within(stages).getAllByRole('listitem')).toHaveLength(5);
    expect(within(stages).getByText('9 h')).toBeVisible();
    expect(screen.queryByText('Why it counts as failed')).toBeNull();
  });

  it('shows what other plugins say about it, and where to read more', async () => {
    const labels = [
      {
        source: 'cab',
        text: 'Deployed without approval',
        url: 'https://portal.example/cab/changes/7',
        at: '2026-03-10T09:06:00.000Z',
      },
    ];
    open(
      fakeApi({
        getDeployment: jest.fn(async () => aDeploymentResponse({ labels })),
      }),
    );
    const section = await screen.findByRole('region', { name: '1 label' });
    expect(
      within(section).getByRole('link', { name: 'Deployed without approval' }),
    ).toHaveAttribute('href', 'https://portal.example/cab/changes/7');
    expect(within(section).getByText('Said by cab')).toBeVisible();
  });

  it('has no section for labels where nobody says anything', async () => {
    open(
      fakeApi({ getDeployment: jest.fn(async () => aDeploymentResponse()) }),
    );
    await screen.findByRole('heading', { name: '1.42.0 → production' });
    expect(screen.queryByRole('region', { name: /label/ })).toBeNull();
  });

  it('gives the reason where a lead time is unknown', async () => {
    const response = aDeploymentResponse();
    open(
      fakeApi({
        getDeployment: jest.fn(async () => ({
          ...response,
          changes: [
            {
              ...response.changes[0],
              leadSeconds: unknown('Its commit is not known.'),
              stages: [],
            },
          ],
        })),
      }),
    );
    expect(await screen.findByText(/Its commit is not known\./)).toBeVisible();
    expect(screen.getByText('Its stages are not known.')).toBeVisible();
  });

  it('explains an empty deployment', async () => {
    open(
      fakeApi({
        getDeployment: jest.fn(async () =>
          aDeploymentResponse({
            deployment: aDeployment({
              changes: 0,
              method: 'none',
              seed: true,
            }),
            changes: [],
          }),
        ),
      }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Contains 0 changes' }),
    ).toBeVisible();
    expect(screen.getByText(/first known deployment here/)).toBeVisible();
  });

  it('tells why it failed, how long it hurt and what mended it', async () => {
    open(
      fakeApi({
        getDeployment: jest.fn(async () =>
          aFailedResponse({
            previous: { key: 'key-1000', source: 's', id: '1000' },
            next: { key: 'key-1002', source: 's', id: '1002' },
          }),
        ),
      }),
    );
    const failure = await screen.findByRole('region', {
      name: 'Why it counts as failed',
    });
    expect(failure).toHaveTextContent(
      'Incident: It began 15 minutes after this deployment. Card payments fail',
    );
    expect(failure).toHaveTextContent(
      /The incident was resolved after 47 min, .* Card payments fail/,
    );
    expect(
      within(failure).getAllByRole('link', { name: 'Card payments fail' })[0],
    ).toHaveAttribute('href', 'https://pagerduty.example/P-1');
    expect(
      screen.getByRole('region', { name: '1 incident' }),
    ).toHaveTextContent('linked because it began soon after');
    const way = screen.getByRole('navigation', { name: 'Where you are' });
    expect(
      within(way)
        .getAllByRole('link')
        .map(link => link.getAttribute('href')),
    ).toEqual([
      '/delivery',
      '/catalog/default/component/payments-api/delivery',
    ]);

    const chain = screen.getByRole('navigation', {
      name: 'Deployments before and after',
    });
    expect(
      within(chain).getByRole('link', { name: 'Next deployment' }),
    ).toHaveAttribute('href', '/delivery/deployments/key-1002');
  });

  describe('where an incident may not be seen', () => {
    const hidden = {
      cause: 'incident' as const,
      hidden: true as const,
      text: 'An incident that you may not see is linked to it',
    };

    it('says that there is one, and nothing else about it', async () => {
      const { recovery } = aFailedResponse();
      open(
        fakeApi({
          getDeployment: jest.fn(async () =>
            aFailedResponse({
              causes: [hidden],
              incidents: [],
              recovery: {
                at: recovery!.at,
                by: 'incident-resolved',
                hidden: true,
                text: 'An incident that you may not see was resolved',
              },
            }),
          ),
        }),
      );
      const failure = await screen.findByRole('region', {
        name: 'Why it counts as failed',
      });
      expect(failure).toHaveTextContent(
        'Incident: an incident that you may not see',
      );
      expect(failure).toHaveTextContent(
        /The incident was resolved after 47 min, .* · an incident that you may not see/,
      );
      expect(within(failure).queryByRole('link')).toBeNull();
      const incidents = screen.getByRole('region', { name: 'Incidents' });
      expect(
        within(incidents)
          .getAllByRole('listitem')
          .map(item => item.textContent),
      ).toEqual(['An incident that you may not see']);
    });

    it('shows it beside those that may be seen', async () => {
      const { causes } = aFailedResponse();
      open(
        fakeApi({
          getDeployment: jest.fn(async () =>
            aFailedResponse({ causes: [...causes, hidden] }),
          ),
        }),
      );
      const incidents = await screen.findByRole('region', {
        name: 'Incidents',
      });
      expect(
        within(incidents).getByRole('link', { name: 'Card payments fail' }),
      ).toBeVisible();
      expect(
        within(incidents).getByText('An incident that you may not see'),
      ).toBeVisible();
    });
  });

  it('says that changes are left out, instead of that there are none', async () => {
    open(
      fakeApi({
        getDeployment: jest.fn(async () =>
          aDeploymentResponse({ changes: [], changesHidden: true }),
        ),
      }),
    );
    expect(
      await screen.findByText(/in repositories that you may not see/),
    ).toBeVisible();
    expect(screen.queryByText(/It carries no change/)).toBeNull();
  });

  it('says when it brought more than is listed, and what begins with it', async () => {
    const answer = aDeploymentResponse({
      changesCut: true,
      seedRepositories: ['github.com/acme/lib', 'github.com/acme/web'],
    });
    open(fakeApi({ getDeployment: async () => answer }));
    expect(
      await screen.findByText(/It brought more: the newest 1,000 commits/),
    ).toBeVisible();
    expect(
      screen.getByText(
        'The known history of github.com/acme/lib, github.com/acme/web begins here, and brings nothing.',
      ),
    ).toBeVisible();
  });

  it('says once that the first known deployment brings nothing', async () => {
    const answer = aDeploymentResponse({
      deployment: aDeployment({ seed: true }),
      changes: [],
      seedRepositories: ['github.com/acme/web'],
    });
    open(fakeApi({ getDeployment: async () => answer }));
    expect(
      await screen.findByText(/It is the first known deployment here/),
    ).toBeVisible();
    expect(screen.queryByText(/The known history of/)).toBeNull();
  });

  it('says what to do about an error, and tries again', async () => {
    const getDeployment = jest
      .fn()
      .mockRejectedValueOnce(await refused(404))
      .mockResolvedValue(aDeploymentResponse());
    open(fakeApi({ getDeployment }));

    expect(await screen.findByRole('alert')).toHaveTextContent(
      /could not be loaded.*you may not see it/i,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('heading', { name: '1.42.0 → production' }),
    ).toBeVisible();
  });

  it('follows news about its service, and only those', async () => {
    const signals = fakeSignals();
    const getDeployment = jest
      .fn()
      .mockResolvedValueOnce(aDeploymentResponse())
      .mockResolvedValue(aFailedResponse());
    open(fakeApi({ getDeployment }), { signals });
    await screen.findByText('Success');

    await signals.send(DELIVERY_SIGNAL_CHANNEL, {
      tags: [signalTag('component:default/ledger')],
    });
    expect(getDeployment).toHaveBeenCalledTimes(1);

    await signals.send(DELIVERY_SIGNAL_CHANNEL, {
      tags: [signalTag('component:default/payments-api')],
    });
    expect(await screen.findByText('Failed')).toBeVisible();
  });
});

describe('marking by hand', () => {
  it('is explained to those who may not', async () => {
    open(
      fakeApi({
        getDeployment: jest.fn(async () =>
          aDeploymentResponse({ mayMark: false }),
        ),
      }),
    );
    expect(
      await screen.findByText(/You may not mark deployments of payments-api/),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'This is wrong' })).toBeNull();
  });

  it('works by keyboard alone, and brings the focus back', async () => {
    const user = userEvent.setup();
    const getDeployment = jest
      .fn()
      .mockResolvedValueOnce(aFailedResponse())
      .mockResolvedValue(
        aDeploymentResponse({
          mark: {
            verdict: 'not_failed',
            reason: 'A drill',
            by: 'user:default/mira',
            at: '2026-03-12T12:00:00.000Z',
          },
        }),
      );
    const api = fakeApi({ getDeployment, markDeployment: async () => {} });
    open(api);

    const button = await screen.findByRole('button', { name: 'This is wrong' });
    act(() => button.focus());
    await user.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog', { name: 'This is wrong' });
    expect(
      within(dialog).getByRole('radio', { name: 'It did not fail' }),
    ).toBeChecked();
    expect(
      within(dialog).queryByRole('radio', { name: /Remove the mark/ }),
    ).toBeNull();

    // Without a reason nothing is sent.
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(within(dialog).getByRole('alert')).toHaveTextContent(
      'Give a reason',
    );
    expect(api.markDeployment).not.toHaveBeenCalled();

    const reason = within(dialog).getByRole('textbox', { name: /Reason/ });
    act(() => reason.focus());
    await user.keyboard('  A drill ');
    act(() => within(dialog).getByRole('button', { name: 'Save' }).focus());
    await user.keyboard('{Enter}');

    await waitFor(() =>
      expect(api.markDeployment).toHaveBeenCalledWith({
        key: 'key-1001',
        body: { verdict: 'not_failed', reason: 'A drill' },
      }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(
      await screen.findByText('Saved: marked as not failed.'),
    ).toHaveAttribute('role', 'status');
    expect(screen.getByText('It did not fail')).toBeVisible();
    // Her name where the catalog does not tell more, never her ref.
    expect(screen.getByText(/by mira,/)).toBeVisible();
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'This is wrong' }),
      ).toHaveFocus(),
    );
  });

  it('can be taken back', async () => {
    const user = userEvent.setup();
    const api = fakeApi({
      getDeployment: async () =>
        aFailedResponse({
          mark: {
            verdict: 'failed',
            reason: 'Customers called',
            by: 'user:default/mira',
            at: '2026-03-12T12:00:00.000Z',
          },
        }),
      markDeployment: async () => {},
    });
    open(api);
    await user.click(
      await screen.findByRole('button', { name: 'This is wrong' }),
    );
    await user.click(screen.getByRole('radio', { name: /Remove the mark/ }));
    await user.type(
      screen.getByRole('textbox', { name: /Reason/ }),
      'Wrong service',
    );
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(
      await screen.findByText(/the mark is removed, the rules decide again/),
    ).toBeVisible();
    expect(api.markDeployment).toHaveBeenCalledWith({
      key: 'key-1001',
      body: { verdict: 'none', reason: 'Wrong service' },
    });
  });

  it('keeps the dialog and what was written when it is refused', async () => {
    const user = userEvent.setup();
    const error = await refused(403);
    open(
      fakeApi({
        getDeployment: jest.fn(async () => aDeploymentResponse()),
        markDeployment: jest.fn(async () => {
          throw error;
        }),
      }),
    );
    await user.click(
      await screen.findByRole('button', { name: 'This is wrong' }),
    );
    const reason = screen.getByRole('textbox', { name: /Reason/ });
    await user.type(reason, 'An outage');
    await user.click(screen.getByRole('button', { name: 'Save' }));

    expect(
      await screen.findByText('The mark could not be saved'),
    ).toBeVisible();
    expect(reason).toHaveValue('An outage');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});
