import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aCalendar, CHANGE, ENTITY, OTHER } from '../../../dev/builders';
import { aPortal } from '../../__testUtils__/fakeApi';
import { renderPages } from '../../__testUtils__/renderPages';

const AT = '/changes/calendar?from=2026-12-01';

describe('the calendar page', () => {
  it('says what is planned, what it meets, and leads to each', async () => {
    renderPages({ api: aPortal(), at: AT });
    const planned = await screen.findByRole('list', {
      name: 'Planned changes',
    });
    const [first, second] = within(planned).getAllByRole('listitem');
    expect(
      within(first)
        .getAllByRole('link')
        .map(link => link.getAttribute('href')),
    ).toEqual([`/changes/${CHANGE}`, `/changes/${OTHER}`]);
    expect(within(first).getByText('at the same time as')).toBeVisible();
    expect(
      within(second).getByText('meets the freeze End of the year'),
    ).toBeVisible();
  });

  it('says when nothing starts and when what may be worked on', async () => {
    renderPages({ api: aPortal(), at: AT });
    const freezes = await screen.findByRole('list', { name: 'Freezes' });
    expect(freezes).toHaveTextContent(
      /^End of the year.*for everything · written for Europe\/Berlin$/,
    );
    const windows = screen.getByRole('list', { name: 'Maintenance windows' });
    expect(windows).toHaveTextContent(/^Patching.*Payments API/);
    expect(windows).not.toHaveTextContent(ENTITY);
  });

  it('goes on and back by keyboard, and keeps in the address where it is', async () => {
    const api = aPortal();
    renderPages({ api, at: AT });
    await screen.findByRole('list', { name: 'Freezes' });
    screen.getByRole('button', { name: 'Four weeks after' }).focus();
    await userEvent.keyboard('{Enter}');
    expect(screen.getByLabelText('address')).toHaveTextContent(
      'from=2026-12-29',
    );
    expect(api.getCalendar).toHaveBeenLastCalledWith(
      {
        from: new Date(2026, 11, 29).toISOString(),
        to: new Date(2027, 0, 26).toISOString(),
      },
      expect.anything(),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Four weeks before' }),
    );
    expect(screen.getByLabelText('address')).toHaveTextContent(
      'from=2026-12-01',
    );
    await userEvent.click(screen.getByRole('button', { name: 'From today' }));
    expect(screen.getByLabelText('address')).not.toHaveTextContent('from');
    expect(screen.getByRole('button', { name: 'From today' })).toBeDisabled();
  });

  it('says that there is nothing, and that there is more', async () => {
    const api = aPortal({
      getCalendar: async () =>
        aCalendar({ periods: [], changes: [], more: true }),
    });
    renderPages({ api, at: AT });
    expect(
      await screen.findByText('Nothing is frozen in these weeks.'),
    ).toBeVisible();
    expect(screen.getByText('There is none in these weeks.')).toBeVisible();
    expect(
      screen.getByText('No change says that it starts in these weeks.'),
    ).toBeVisible();
    expect(screen.getByText(/There are more than these/)).toBeVisible();
  });

  it('is reached from the board', async () => {
    renderPages({ api: aPortal() });
    expect(
      await screen.findByRole('link', { name: 'Calendar' }),
    ).toHaveAttribute('href', '/changes/calendar');
  });
});
