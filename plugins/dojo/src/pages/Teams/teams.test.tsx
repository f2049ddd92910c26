import type { Team } from '@fawkes/backstage-plugin-dojo-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NOW } from '../../__testUtils__/answers';
import { renderDojo } from '../../__testUtils__/renderDojo';

const aTeam = (more: Partial<Team> = {}): Team => ({
  group: 'group:default/payments',
  leads: false,
  figures: null,
  hidden: 'few',
  shown: [],
  ...more,
});

const open = (items: Team[], more = {}) =>
  renderDojo('/dojo/teams', {
    getTeams: async () => ({ asOf: NOW, items }),
    ...more,
  });

describe('teams', () => {
  it('are told as sums, and what would tell of a handful is said to be hidden', async () => {
    open([
      aTeam({
        hidden: null,
        figures: {
          asOf: NOW,
          people: 12,
          completions: 31,
          belts: [{ slug: 'white', title: 'White', people: null }],
          modules: [{ slug: 'dora', title: 'DORA', people: 7 }],
        },
        shown: [{ person: 'user:default/ada', belts: ['White'] }],
      }),
      aTeam({ group: 'group:default/small' }),
    ]);
    const payments = within(
      await screen.findByRole('region', { name: 'payments' }),
    );
    const facts = payments
      .getAllByRole('definition')
      .map(({ textContent }) => textContent);
    expect(facts).toEqual([
      '12',
      '31',
      'hidden: it would tell of a handful',
      '7',
    ]);
    expect(payments.getByRole('listitem')).toHaveTextContent('ada: White');
    expect(
      payments.queryByRole('button', { name: 'Look at each member' }),
    ).not.toBeInTheDocument();
    expect(
      within(screen.getByRole('region', { name: 'small' })).getByText(
        /Fewer than five people of it learn here/,
      ),
    ).toBeVisible();
  });

  it('are looked at one by one by who leads them, once they press', async () => {
    const lookAtTeam = jest.fn(async () => ({
      asOf: NOW,
      group: 'group:default/payments',
      belts: [{ slug: 'white', title: 'White' }],
      modules: [{ slug: 'dora', title: 'DORA' }],
      members: [
        { person: 'user:default/ada', belts: ['white'], modules: ['dora'] },
        { person: 'user:default/bob', belts: [], modules: [] },
      ],
    }));
    open([aTeam({ leads: true })], { lookAtTeam });
    const button = await screen.findByRole('button', {
      name: 'Look at each member',
    });
    expect(lookAtTeam).not.toHaveBeenCalled();
    expect(screen.getByText(/They are told each time you look/)).toBeVisible();
    await userEvent.click(button);
    const members = within(
      await screen.findByRole('list', { name: 'Members' }),
    );
    expect(
      members.getAllByRole('listitem').map(({ textContent }) => textContent),
    ).toEqual([
      'adaBelts: WhiteModules: DORA',
      'bobBelts: not yetModules: not yet',
    ]);
  });

  it('say that there are none', async () => {
    open([]);
    expect(await screen.findByText('You are in no team')).toBeVisible();
  });
});
