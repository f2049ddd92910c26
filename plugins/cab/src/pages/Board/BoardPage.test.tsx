import { say } from '@fawkes/backstage-plugin-cab-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aSummary, CHANGE, ME, NOW, OTHER } from '../../../dev/builders';
import { aPortal } from '../../__testUtils__/fakeApi';
import { renderPages } from '../../__testUtils__/renderPages';

const waiting = [aSummary(), aSummary({ id: OTHER, title: 'Another one' })];

describe('the board page', () => {
  it('has what waits for me first, and leads into each by keyboard', async () => {
    renderPages({
      api: aPortal({
        getWaiting: async () => ({ asOf: NOW, items: waiting, more: true }),
      }),
    });
    const queue = await screen.findByRole('list', { name: 'Waiting for you' });
    const links = within(queue).getAllByRole('link', {
      name: /^Look and decide/,
    });
    expect(links.map(link => link.getAttribute('href'))).toEqual([
      `/changes/${CHANGE}`,
      `/changes/${OTHER}`,
    ]);
    await within(queue).findAllByText('2 more votes of Change Board');
    expect(screen.getByText(/There are more than these/)).toBeVisible();
    links[1].focus();
    await userEvent.keyboard('{Enter}');
    expect(screen.getByLabelText('address')).toHaveTextContent(OTHER);
  });

  it('shows what nobody allowed, and that nobody asked for it', async () => {
    const title = '5f3c5f3c5f3c went to prod-eu without being allowed';
    renderPages({
      api: aPortal({
        getChanges: async ({ state } = {}) => ({
          asOf: NOW,
          items:
            state === 'unauthorized'
              ? [
                  aSummary({
                    state: 'unauthorized',
                    title,
                    submitter: 'system:cab-engine@1.0.0',
                    score: null,
                    route: null,
                    next: say('next.review'),
                  }),
                ]
              : [],
          nextCursor: null,
        }),
      }),
    });
    const shown = await screen.findByRole('region', {
      name: 'Deployed without being allowed',
    });
    expect(await within(shown).findByText(title)).toBeVisible();
    expect(within(shown).getByText('Nobody asked for it')).toBeVisible();
  });

  it('looks for those of a phase, and one’s own', async () => {
    const api = aPortal({
      getChanges: async () => ({ asOf: NOW, items: [], nextCursor: null }),
    });
    renderPages({ api, at: '/changes?phase=open&whose=mine' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show all' }),
    );
    expect(api.getChanges.mock.calls.map(([asked]) => asked)).toContainEqual(
      expect.objectContaining({ phase: 'open', submitter: ME }),
    );
    expect(api.getChanges.mock.calls.at(-1)?.[0]).not.toHaveProperty('phase');
    expect(await screen.findByText('No such changes')).toBeVisible();
  });

  it('says who votes for whom, and names somebody for a time', async () => {
    const delegation = {
      id: 'd1',
      from: 'user:default/bea',
      to: ME,
      startsAt: NOW,
      endsAt: NOW,
      status: 'active' as const,
      reason: 'On leave',
      mine: { end: null },
    };
    const api = aPortal({
      getDelegations: async () => ({
        asOf: NOW,
        items: [delegation],
        mine: { name: null, candidates: ['user:default/tomas'] },
      }),
      delegate: async () => delegation,
    });
    renderPages({ api });
    const listed = await screen.findByRole('list', {
      name: 'Votes for others',
    });
    expect(listed).toHaveTextContent(/votes for .*On leave/);
    await userEvent.click(
      screen.getByRole('button', { name: 'Name somebody who votes for me' }),
    );
    const dialog = await screen.findByRole('dialog');
    const send = () =>
      userEvent.click(
        within(dialog).getByRole('button', { name: 'Name them' }),
      );
    await send();
    expect(within(dialog).getByText('Choose somebody.')).toBeVisible();
    await userEvent.click(within(dialog).getByRole('button', { name: /Who/ }));
    await userEvent.click(await screen.findByRole('option'));
    await userEvent.type(within(dialog).getByLabelText('Why'), 'On leave');
    await send();
    expect(api.delegate).toHaveBeenCalledWith({
      body: expect.objectContaining({
        to: 'user:default/tomas',
        reason: 'On leave',
      }),
    });
  });
});
