import { setElementWidth } from '@fawkes/kit-ui/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aService, aSummary, MY_TEAM, NOW } from '../../../dev/builders';
import { aPortal, type Answers } from '../../__testUtils__/fakeApi';
import { conflict, noSuchPlugin } from '../../__testUtils__/refused';
import { renderPages, type PageOptions } from '../../__testUtils__/renderPages';

beforeEach(() => localStorage.clear());
afterEach(() => setElementWidth());

const open = (over: Answers = {}, options: Partial<PageOptions> = {}) => {
  const api = aPortal(over);
  renderPages({ api, ...options });
  return api;
};

const pageOf = (...items: ReturnType<typeof aSummary>[]) => ({
  asOf: NOW,
  items,
  nextCursor: null,
});

describe('the list of requests', () => {
  it('shows how each stands, and leads to its page', async () => {
    const api = open();
    const row = await screen.findByRole('row', { name: /Shop/ });
    expect(row).toHaveTextContent('Ready');
    expect(row).toHaveTextContent('Healthy');
    expect(await within(row).findByText('Payments Core')).toBeVisible();
    await userEvent.click(within(row).getByText('Shop'));
    expect(await screen.findByRole('heading', { name: 'Shop' })).toBeVisible();
    expect(api.getRequests).toHaveBeenCalledWith(
      expect.objectContaining({ mine: true, owner: [], state: [] }),
      expect.anything(),
    );
  });

  it('is a list where there is no room for a table', async () => {
    setElementWidth(360);
    open();
    expect(await screen.findByRole('link', { name: 'Shop' })).toBeVisible();
    expect(screen.queryByRole('row')).toBeNull();
  });

  it('asks for owner and state of its address, and clears them', async () => {
    const api = open(
      { getRequests: async () => pageOf() },
      { at: `/provisioning?owner=${MY_TEAM}&state=failed&state=nonsense` },
    );
    expect(
      await screen.findByRole('heading', { name: 'Nothing fits this filter' }),
    ).toBeVisible();
    // One word that makes no sense is as if none of them were there.
    expect(api.getRequests).toHaveBeenCalledWith(
      expect.objectContaining({ owner: [MY_TEAM], state: [] }),
      expect.anything(),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear the filter' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Nothing was asked for yet' }),
    ).toBeVisible();
  });

  it('filters by state', async () => {
    const api = open();
    await userEvent.click(await screen.findByRole('button', { name: /State/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Failed' }),
    );
    await waitFor(() =>
      expect(api.getRequests).toHaveBeenLastCalledWith(
        expect.objectContaining({ state: ['failed'] }),
        expect.anything(),
      ),
    );
    expect(screen.getByLabelText('address')).toHaveTextContent('state=failed');
  });

  it('invites to a first service where there is none', async () => {
    open({ getRequests: async () => pageOf() });
    await screen.findByRole('heading', { name: 'Nothing was asked for yet' });
    const links = screen.getAllByRole('link', { name: 'New service' });
    links.forEach(link =>
      expect(link).toHaveAttribute('href', '/provisioning/new'),
    );
  });

  it('brings further pages when asked', async () => {
    open({
      getRequests: async ({ cursor } = {}) =>
        cursor
          ? pageOf(aSummary({ id: 'b', title: 'Second' }))
          : { ...pageOf(aSummary()), nextCursor: 'next' },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show more' }),
    );
    expect(await screen.findByText('Second')).toBeVisible();
    expect(screen.getByText('Shop')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  const stopped = aService({ state: 'stopped', reason: 'portal_restarted' });

  it('starts all that is stopped one after another, and names what refused', async () => {
    const refusal = await conflict('RUN_IN_PROGRESS');
    const api = open({
      getRequests: async () =>
        pageOf(
          aSummary({ id: 'a', name: 'shop', service: stopped }),
          aSummary({ id: 'b', name: 'ledger', service: stopped }),
          aSummary({ id: 'c', name: 'runs' }),
        ),
      start: async ({ id }) => {
        if (id === 'b') throw refusal;
        return { id, service: aService() };
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Start all my services' }),
    );
    expect(
      await screen.findByText('1 service was started. Not started: ledger'),
    ).toBeVisible();
    expect(api.start.mock.calls.map(([{ id }]) => id)).toEqual(['a', 'b']);
    // What is still stopped can be tried again.
    expect(
      screen.getByRole('button', { name: 'Start all my services' }),
    ).toBeVisible();
  });

  it('has no button to start all once all run, and says where the focus went', async () => {
    let service = stopped;
    open({
      getRequests: async () => pageOf(aSummary({ service })),
      start: async ({ id }) => {
        service = aService();
        return { id, service };
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Start all my services' }),
    );
    const told = await screen.findByText('1 service was started.');
    await waitFor(() =>
      expect(
        screen.queryByRole('button', { name: 'Start all my services' }),
      ).toBeNull(),
    );
    expect(told).toHaveFocus();
  });

  it('offers to start nothing where nothing is stopped, on any of its pages', async () => {
    const api = open({
      getRequests: async ({ cursor } = {}) =>
        cursor
          ? pageOf(aSummary({ id: 'b', title: 'Second' }))
          : { ...pageOf(aSummary()), nextCursor: 'next' },
    });
    await waitFor(() =>
      expect(api.getRequests).toHaveBeenCalledWith(
        { mine: true, state: ['ready'], cursor: 'next' },
        expect.anything(),
      ),
    );
    expect(
      screen.queryByRole('button', { name: 'Start all my services' }),
    ).toBeNull();
  });

  it('offers to start nothing where running services was switched off', async () => {
    const off = aService({ state: 'stopped', reason: 'switched_off' });
    open({ getRequests: async () => pageOf(aSummary({ service: off })) });
    await screen.findByText('Stopped');
    expect(
      screen.queryByRole('button', { name: 'Start all my services' }),
    ).toBeNull();
  });

  it('says a name once where it is the title too', async () => {
    open({
      getRequests: async () =>
        pageOf(
          aSummary({ id: 'a', name: 'shop', title: 'shop' }),
          aSummary({ id: 'b', name: 'ledger', title: 'Our ledger' }),
        ),
    });
    expect(await screen.findAllByText('shop')).toHaveLength(1);
    expect(screen.getByText('ledger')).toBeVisible();
  });

  it('says that the backend is not installed, or away', async () => {
    const error = await noSuchPlugin();
    open({
      getRequests: async () => {
        throw error;
      },
    });
    expect(
      await screen.findByRole('heading', {
        name: 'Provisioning is not installed',
      }),
    ).toBeVisible();
  });

  it('says that the backend does not answer', async () => {
    open({
      getRequests: async () => {
        throw new TypeError('Failed to fetch');
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The requests could not be loaded',
    );
  });

  it('has no such tab for others', async () => {
    open();
    await screen.findByRole('row', { name: /Shop/ });
    expect(screen.queryByRole('link', { name: 'Operator' })).toBeNull();
  });
});
