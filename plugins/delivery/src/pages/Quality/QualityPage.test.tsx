import { ResponseError } from '@backstage/errors';
import { DELIVERY_SIGNAL_CHANNEL } from '@fawkes/backstage-plugin-delivery-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeSignals } from '@fawkes/kit-ui/testUtils';
import { aQualityRow, aSource, NOW } from '../../../dev/builders';
import {
  renderDelivery,
  type RenderOptions,
} from '../../__testUtils__/renderDelivery';
import { anApi, intake, quality } from '../../__testUtils__/quality';
import { QualityPage } from './QualityPage';

function open(options: Omit<RenderOptions, 'path'>) {
  renderDelivery(<QualityPage />, {
    path: '/delivery/quality',
    at: '/delivery/quality',
    ...options,
  });
}

const part = (name: string) => screen.findByRole('region', { name });

describe('QualityPage', () => {
  it('shows that each part is loading', async () => {
    const never = jest.fn(() => new Promise<never>(() => {}));
    open({
      api: anApi({
        getQuality: never,
        getIntake: never,
        getSources: never,
        getRejected: never,
      }),
    });
    expect(await screen.findByText('Loading the data quality')).toBeVisible();
    expect(screen.getByText('Loading the state of the intake')).toBeVisible();
    expect(screen.getByText('Loading the sources')).toBeVisible();
    expect(screen.getByText('Loading the rejected events')).toBeVisible();
  });

  it('says how far the intake is', async () => {
    open({ api: anApi() });
    const status = await part('Intake');
    expect(await within(status).findByText('1,200')).toBeVisible();
    expect(within(status).getByText('4 s')).toBeVisible();
    expect(
      within(status).getByText('2 services are being recomputed'),
    ).toBeVisible();
  });

  it('shows the matrix with what to do, worst first', async () => {
    open({ api: anApi() });
    const matrix = await part('What is known about which service');
    const row = within(matrix).getByRole('row', { name: /payments-api/ });
    const cells = within(row).getAllByRole('gridcell');
    expect(cells[0]).toHaveTextContent('Present (129)');
    expect(cells[2]).toHaveTextContent(
      /Stale since.*Nothing came for more than 45 days/,
    );
    expect(cells[3]).toHaveTextContent(
      'MissingSend incidents with this service',
    );
    const rows = within(matrix).getAllByRole('rowheader');
    expect(rows.map(each => each.textContent)).toEqual([
      'payments-api',
      'ledger',
    ]);
  });

  it('gives the reason where a share is unknown', async () => {
    open({ api: anApi() });
    const trust = await part('How far the numbers can be trusted');
    expect(trust).toHaveTextContent('Services with deployments50 %');
    expect(trust).toHaveTextContent('N/A: No change is known.');
  });

  it('counts what was too long, where anything was', async () => {
    open({
      api: anApi({
        getQuality: async () =>
          quality({ clippedTexts: 1_234, unknownLists: 2 }),
      }),
    });
    const trust = await part('How far the numbers can be trusted');
    expect(trust).toHaveTextContent('Texts that were too long1,234');
    expect(trust).toHaveTextContent(
      'Lists that were too long2what they say is not known',
    );
  });

  it('does not speak of length where nothing was too long', async () => {
    open({ api: anApi() });
    const trust = await part('How far the numbers can be trusted');
    expect(trust).not.toHaveTextContent('too long');
  });

  it('says of each list that is cut that there is more', async () => {
    open({
      api: anApi({
        getQuality: async () =>
          quality({ cut: ['annotations', 'unmapped', 'unknownCauses'] }),
      }),
    });
    for (const name of [
      'Annotations that cannot be taken',
      'Facts no service claims',
    ]) {
      expect(await part(name)).toHaveTextContent(
        'There are more: 100 of each kind are listed.',
      );
    }
    expect(await part('Causes nobody knows')).toHaveTextContent(
      'The newest 2 are listed.',
    );
  });

  it('suggests the annotation for facts nobody claims', async () => {
    const user = userEvent.setup();
    const copy = jest.spyOn(navigator.clipboard, 'writeText');
    open({ api: anApi() });
    const unmapped = await part('Facts no service claims');
    expect(unmapped).toHaveTextContent('1,312 facts');
    await user.click(
      within(unmapped).getByRole('button', {
        name: 'Copy: Suggestion for github.com/acme/old-batch',
      }),
    );
    expect(await within(unmapped).findByText('Copied.')).toBeVisible();
    expect(copy).toHaveBeenCalledWith(
      'Add to the component that lives there: github.com/project-slug: acme/old-batch',
    );
  });

  it('says what annotations cannot be taken, where there is one', async () => {
    open({ api: anApi() });
    const annotations = await part('Annotations that cannot be taken');
    expect(annotations).toHaveTextContent(
      'fawkes.dev/delivery-paths: app/[id]/** holds [, and only',
    );
    expect(annotations).toHaveTextContent('write ? in its place');
    expect(
      within(annotations).getByRole('link', { name: 'ledger' }),
    ).toHaveAttribute('href', '/catalog/default/component/ledger');
  });

  it('asks for the scope in the address', async () => {
    const api = anApi();
    open({
      api,
      at: '/delivery/quality?scope=system:default/payments',
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'System',
          metadata: {
            name: 'payments',
            namespace: 'default',
            title: 'Payments platform',
          },
        },
      ],
    });
    expect(await screen.findByText('Payments platform')).toBeVisible();
    expect(api.getQuality.mock.calls[0][0]).toEqual({
      scope: ['system:default/payments'],
    });
    expect(
      screen.getByRole('link', { name: 'Show everything' }),
    ).toHaveAttribute('href', '/delivery/quality');
  });

  it('is friendly to an empty portal', async () => {
    open({
      api: anApi({
        getQuality: jest.fn(async () =>
          quality({ services: [], unmapped: [], annotations: [] }),
        ),
        getSources: jest.fn(async () => ({ asOf: NOW, items: [] })),
        getRejected: jest.fn(async () => ({
          asOf: NOW,
          items: [],
          nextCursor: null,
        })),
      }),
    });
    expect(await screen.findByText('No service in here')).toBeVisible();
    expect(screen.getByText('Every fact belongs to a service.')).toBeVisible();
    expect(screen.getByText('No source has told anything yet')).toBeVisible();
    expect(screen.getByText('No event is rejected.')).toBeVisible();
    expect(screen.queryByRole('region', { name: 'Sample data' })).toBeNull();
    expect(
      screen.queryByRole('region', {
        name: 'Annotations that cannot be taken',
      }),
    ).toBeNull();
  });

  it('tells how to remove the sample data, where there is some', async () => {
    open({
      api: anApi({
        getQuality: jest.fn(async () =>
          quality({ services: [aQualityRow({ sample: true })] }),
        ),
      }),
    });
    const sample = await part('Sample data');
    expect(within(sample).getByText('yarn story:remove')).toBeVisible();
  });

  it('lets each part fail by itself', async () => {
    const denied = await ResponseError.fromResponse(
      new Response('{}', { status: 403 }),
    );
    const getIntake = jest
      .fn()
      .mockRejectedValueOnce(denied)
      .mockResolvedValue(intake());
    open({ api: anApi({ getIntake }) });
    const status = await part('Intake');
    expect(await within(status).findByRole('alert')).toHaveTextContent(
      'You may not see this.',
    );
    expect(await part('What is known about which service')).toBeInTheDocument();
    await userEvent.click(
      within(status).getByRole('button', { name: 'Try again' }),
    );
    expect(await within(status).findByText('1,200')).toBeVisible();
  });

  it('follows the news', async () => {
    const signals = fakeSignals();
    const getIntake = jest
      .fn()
      .mockResolvedValueOnce(intake(3))
      .mockResolvedValue(intake(77));
    open({ api: anApi({ getIntake }), signals });
    expect(await screen.findByText('1,200')).toBeVisible();
    await signals.send(DELIVERY_SIGNAL_CHANNEL, { tags: null });
    expect(await screen.findByText('77')).toBeVisible();
  });
});

describe('rejected events', () => {
  it('say where and why, and show the payload on demand', async () => {
    open({ api: anApi() });
    const rejected = await part('Rejected events');
    expect(await within(rejected).findByText('finishedAt')).toBeVisible();
    expect(within(rejected).getByText(/^lies before startedAt/)).toBeVisible();
    const toggle = within(rejected).getByRole('button', {
      name: 'Payload as it came',
    });
    expect(toggle).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(toggle);
    expect(toggle).toHaveAttribute('aria-expanded', 'true');
    expect(within(rejected).getByText(/"type": "deployment"/)).toBeVisible();
  });

  it('can be replayed, one or all that are shown', async () => {
    const api = anApi({ replay: async () => ({ replayed: 1 }) });
    open({ api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Replay event rejected-1' }),
    );
    expect(api.replay).toHaveBeenCalledWith({ body: { ids: ['rejected-1'] } });
    expect(
      await screen.findByText('1 event is being replayed.'),
    ).toHaveAttribute('role', 'status');
    await userEvent.click(
      screen.getByRole('button', { name: 'Replay 1 shown' }),
    );
    expect(api.replay).toHaveBeenCalledTimes(2);
  });
});

describe('sources', () => {
  it('have their coverage as one number, and say when they are silent', async () => {
    open({
      api: anApi({
        getSources: jest.fn(async () => ({
          asOf: NOW,
          items: [aSource({ stale: true })],
        })),
      }),
    });
    const sources = await part('Sources');
    expect(await within(sources).findByText('99.2 % understood')).toBeVisible();
    expect(
      within(sources).getByText('Silent for longer than usual'),
    ).toBeVisible();
  });

  it('load their history and show how far they are', async () => {
    const running = aSource({
      backfill: {
        state: 'running',
        loaded: 4200,
        message: null,
        updatedAt: NOW,
      },
    });
    const getSources = jest
      .fn()
      .mockResolvedValueOnce({ asOf: NOW, items: [aSource()] })
      .mockResolvedValue({ asOf: NOW, items: [running] });
    const api = anApi({
      getSources,
      startBackfill: async () => ({ started: true }),
    });
    open({ api });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Load the history of GitHub' }),
    );
    expect(api.startBackfill).toHaveBeenCalledWith({ id: 'github' });
    expect(
      await screen.findByText('Loading its history: 4,200 facts so far.'),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Load the history of GitHub' }),
    ).toBeDisabled();
  });
});
