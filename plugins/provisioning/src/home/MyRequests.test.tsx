import { screen } from '@testing-library/react';
import { aService, aSummary, NOW, REQUEST } from '../../dev/builders';
import { aPortal, type Answers } from '../__testUtils__/fakeApi';
import { noSuchPlugin } from '../__testUtils__/refused';
import { renderPages } from '../__testUtils__/renderPages';
import { MyRequests } from './MyRequests';

const open = (over: Answers = {}) =>
  renderPages({
    api: aPortal(over),
    path: '*',
    at: '/',
    element: <MyRequests />,
  });
const pageOf = (...items: ReturnType<typeof aSummary>[]) => ({
  getRequests: async () => ({ asOf: NOW, items, nextCursor: null }),
});

describe('my requests and services', () => {
  it('has what needs somebody first, and leaves out what is gone', async () => {
    open(
      pageOf(
        aSummary({ id: 'a', title: 'Runs' }),
        aSummary({ id: 'b', title: 'Gone', state: 'destroyed' }),
        aSummary({
          id: 'c',
          title: 'Stuck',
          state: 'needs_person',
          service: aService({ state: 'none', address: null }),
        }),
      ),
    );
    const items = await screen.findAllByRole('listitem');
    expect(items.map(item => item.textContent)).toEqual([
      expect.stringContaining('Stuck'),
      expect.stringContaining('Runs'),
    ]);
    expect(items[0]).toHaveTextContent('Needs a person');
    expect(items[1]).toHaveTextContent('Healthy');
    expect(screen.getByRole('link', { name: /^Open/ })).toHaveAttribute(
      'href',
      'http://127.0.0.1:41234',
    );
    expect(
      screen.getByRole('link', { name: 'All 2 requests' }),
    ).toHaveAttribute('href', '/provisioning');
  });

  it('leads to each request', async () => {
    open();
    expect(await screen.findByRole('link', { name: 'Shop' })).toHaveAttribute(
      'href',
      `/provisioning/requests/${REQUEST}`,
    );
  });

  it('invites to a first one', async () => {
    open(pageOf());
    expect(await screen.findByText('Nothing was asked for yet')).toBeVisible();
    expect(screen.getByRole('link', { name: 'New service' })).toHaveAttribute(
      'href',
      '/provisioning/new',
    );
  });

  it('says that the backend is not installed', async () => {
    const error = await noSuchPlugin();
    open({
      getRequests: async () => {
        throw error;
      },
    });
    expect(
      await screen.findByText('Provisioning is not installed'),
    ).toBeVisible();
  });
});
