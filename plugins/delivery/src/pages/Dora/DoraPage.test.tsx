import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  metricsAnswer,
  metricsByAnswer,
  metricsRow,
} from '../../__testUtils__/answers';
import { metricsApi, renderPages } from '../../__testUtils__/renderPages';
import { DoraPage } from './DoraPage';

const NEVER = new Promise<never>(() => {});
const card = (name: string) => screen.findByRole('article', { name });

beforeEach(() => localStorage.clear());

describe('DoraPage', () => {
  it('waits in the shape of the page', async () => {
    const api = metricsApi();
    api.getMetrics.mockReturnValue(NEVER);
    renderPages(<DoraPage />, { api });
    expect(
      await screen.findByText('Loading delivery data'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('group', { name: 'What to look at' }),
    ).toBeVisible();
  });

  it('says the five metrics in words, with trend, band and sample', async () => {
    renderPages(<DoraPage />);

    const lead = await card('Lead time');
    expect(within(lead).getByText('1.4 days')).toBeInTheDocument();
    expect(
      within(lead).getByText('9 h faster than the 90 days before'),
    ).toBeInTheDocument();
    expect(within(lead).getByText(/Half of 412 changes/)).toBeInTheDocument();
    expect(
      within(lead).getByRole('button', {
        name: /Band: High, by the thresholds .* 2023/,
      }),
    ).toBeInTheDocument();
    expect(within(lead).getByRole('link')).toHaveAttribute(
      'href',
      '#delivery-leadTime',
    );

    expect(
      within(await card('Deployments')).getByText(
        /more than the 90 days before: too little to mean anything/,
      ),
    ).toBeInTheDocument();
    expect(
      within(await card('Change fail rate')).getByText(
        '2 points worse than the 90 days before',
      ),
    ).toBeInTheDocument();
    const recovery = await card('Recovery');
    expect(
      within(recovery).getByText('the same as the 90 days before'),
    ).toBeInTheDocument();
    expect(within(recovery).getByText(/1 is still open/)).toBeInTheDocument();
    expect(
      screen.getByText(/Mean time to restore \(all incidents\)/),
    ).toBeInTheDocument();
  });

  it('says nothing of all where it knows only a few', async () => {
    const api = metricsApi();
    const answer = metricsAnswer();
    api.getMetrics.mockResolvedValue({
      ...answer,
      metrics: {
        ...answer.metrics,
        leadTime: { ...answer.metrics.leadTime, count: 4 },
      },
    });
    renderPages(<DoraPage />, { api });
    const lead = await card('Lead time');
    expect(within(lead).getByText('1.4 days')).toBeInTheDocument();
    expect(
      within(lead).getByText('Only 4: too few to say how the others go.'),
    ).toBeInTheDocument();
    expect(within(lead).queryByRole('button', { name: /Band/ })).toBeNull();
    expect(within(lead).queryByText(/faster/)).toBeNull();
    // A frequency has counted everything: its band stays.
    expect(
      within(await card('Deployments')).getByRole('button', { name: /Band/ }),
    ).toBeInTheDocument();
  });

  it('gives the reason for a figure that is not known, and the way to it', async () => {
    renderPages(<DoraPage />);
    const rework = await card('Rework rate');
    expect(within(rework).getByText('Not enough data')).toBeInTheDocument();
    expect(
      within(rework).getByText(/No source tells which deployments/),
    ).toBeInTheDocument();
    expect(
      within(rework).getByRole('link', { name: 'See what is missing' }),
    ).toHaveAttribute('href', '/delivery/quality');
  });

  it('offers first steps where there is no fact at all', async () => {
    const api = metricsApi();
    const { scope } = metricsAnswer();
    api.getMetrics.mockResolvedValue(
      metricsAnswer({ scope: { ...scope, firstFactAt: null } }),
    );
    renderPages(<DoraPage />, {
      api,
      address: '/delivery?scope=component:default/new',
    });
    expect(
      await screen.findByText('No deliveries are known here yet'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Connect a source' }),
    ).toHaveAttribute(
      'href',
      '/delivery/quality?scope=component%3Adefault%2Fnew',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Look at everything' }),
    );
    await waitFor(() =>
      expect(api.getMetrics).toHaveBeenLastCalledWith(
        expect.objectContaining({ scope: [] }),
        expect.anything(),
      ),
    );
  });

  it('says what went wrong and tries again', async () => {
    const api = metricsApi();
    api.getMetrics.mockRejectedValueOnce(new Error('the zone is unknown'));
    renderPages(<DoraPage />, { api });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'the zone is unknown',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await card('Lead time')).toBeInTheDocument();
  });

  it('announces buckets that are cut short', async () => {
    renderPages(<DoraPage />);
    const chart = await screen.findByRole('figure', {
      name: 'How long until a change reaches users?',
    });
    expect(
      within(chart).getByText(/cut these short \(Mar 23\)/),
    ).toBeInTheDocument();
    expect(
      within(chart).getByRole('row', { name: /Mar 23 .* no, cut short/ }),
    ).toBeInTheDocument();
    expect(
      within(chart).getByRole('row', { name: /Mar 2 .* yes/ }),
    ).toBeInTheDocument();
  });

  it('labels sample data and sketched quantiles', async () => {
    const api = metricsApi();
    const { scope } = metricsAnswer();
    api.getMetrics.mockResolvedValue(
      metricsAnswer({ approximate: true, scope: { ...scope, sample: true } }),
    );
    renderPages(<DoraPage />, { api });
    expect(within(await card('Lead time')).getByText(/≈/)).toHaveTextContent(
      '≈ 1.4 days',
    );
    expect(
      within(await card('Change fail rate')).getByText('8.1 %'),
    ).toBeInTheDocument();
    expect(screen.getByText(/come from sketches/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Sample data' }));
    expect(
      await screen.findByRole('link', { name: 'How to remove it' }),
    ).toHaveAttribute('href', '/delivery/quality');
  });

  it('keeps the old numbers, dimmed, while others load', async () => {
    const api = metricsApi();
    renderPages(<DoraPage />, { api });
    await card('Lead time');
    api.getMetrics.mockReturnValue(NEVER);
    await userEvent.click(screen.getByRole('radio', { name: '30 days' }));
    expect(await screen.findByText(/Loading the new view/)).toBeInTheDocument();
    const old = await card('Lead time');
    expect(within(old).getByText('1.4 days')).toBeInTheDocument();
    expect(old.closest('[aria-busy="true"]')).not.toBeNull();
  });

  it('shows up to when facts are in', async () => {
    renderPages(<DoraPage />, { address: '/delivery?tz=UTC' });
    expect(
      await screen.findByText(/^Facts up to 12:03\sPM, /),
    ).toBeInTheDocument();
  });

  it('loads further rows', async () => {
    const api = metricsApi();
    api.getMetricsBy
      .mockResolvedValueOnce(
        metricsByAnswer([metricsRow('first')], { nextCursor: 'more' }),
      )
      .mockResolvedValueOnce(metricsByAnswer([metricsRow('second')]));
    renderPages(<DoraPage />, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Load more' }),
    );
    expect(
      await screen.findByRole('rowheader', { name: 'second' }),
    ).toBeInTheDocument();
    expect(api.getMetricsBy).toHaveBeenLastCalledWith(
      expect.objectContaining({ cursor: 'more' }),
      expect.anything(),
    );
  });

  it('compares with what DORA found, and says from where', async () => {
    renderPages(<DoraPage />);
    const benchmark = await screen.findByRole('figure', {
      name: 'How do you compare?',
    });
    expect(
      within(benchmark).getByText(/Your score is 8.3 of 10: 8 for throughput/),
    ).toBeInTheDocument();
    expect(
      within(benchmark).getByRole('row', {
        name: /Lead time 6 5.5 \(± 2.4\) 6, 0.5 above the mean of 5.5/,
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /DORA, dora.dev, CC-BY-4.0/ }),
    ).toHaveAttribute('href', 'https://dora.dev/quickcheck/');
  });
});
