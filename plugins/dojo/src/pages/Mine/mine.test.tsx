import { downloadText } from '@fawkes/kit-ui/charts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aMine, NOW } from '../../__testUtils__/answers';
import { renderDojo } from '../../__testUtils__/renderDojo';

jest.mock('@fawkes/kit-ui/charts', () => ({
  ...jest.requireActual('@fawkes/kit-ui/charts'),
  downloadText: jest.fn(),
}));

const open = (answers: Parameters<typeof renderDojo>[1]) =>
  renderDojo('/dojo/mine', { getMine: async () => aMine(), ...answers });

describe('what is known about me', () => {
  it('is said in words, with what it is for, and who looked', async () => {
    open({});
    await userEvent.click(
      await screen.findByRole('button', { name: /Modules you have done/ }),
    );
    expect(screen.getByText('Done: Platforms, version 1.0.0')).toBeVisible();
    expect(
      screen.getByText(/A lead of your team sees that, and not when/),
    ).toBeVisible();
    expect(
      screen.getByText('50 older entries are in the file below.'),
    ).toBeVisible();
    const looks = screen.getByRole('region', { name: 'Who looked' });
    expect(within(looks).getByRole('listitem')).toHaveTextContent(
      /lead · team/,
    );
    expect(
      screen.queryByRole('link', { name: 'Proposals and revocations' }),
    ).not.toBeInTheDocument();
  });

  it('is nothing for guests and for who has not begun', async () => {
    const { unmount } = open({
      getMine: async () => aMine({ keepsProgress: false, since: null }),
    });
    expect(await screen.findByText(/You are a guest/)).toBeVisible();
    unmount();
    open({
      getMine: async () => aMine({ since: null, kept: [], revokes: true }),
    });
    expect(
      await screen.findByText('You have not begun to learn here.'),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Erase everything about me' }),
    ).not.toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Proposals and revocations' }),
    ).toHaveAttribute('href', '/dojo/revocations');
  });

  it('is shown to others by choice, each for itself', async () => {
    const changeChoices = jest.fn(async ({ body }) => body);
    open({ changeChoices });
    await userEvent.click(
      await screen.findByRole('switch', { name: 'Show my belts to my teams' }),
    );
    await waitFor(() =>
      expect(changeChoices.mock.calls[0][0].body).toEqual({
        showBelts: true,
        showName: true,
      }),
    );
  });

  it('is taken along as a file', async () => {
    const mine = {
      asOf: NOW,
      format: 'fawkes-dojo-export/1' as const,
      person: 'user:default/ada',
      tables: [],
    };
    open({ exportMine: async () => mine });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Download what is known about me',
      }),
    );
    await waitFor(() =>
      expect(downloadText).toHaveBeenCalledWith(
        'my-dojo.json',
        JSON.stringify(mine, null, 2),
        'application/json',
      ),
    );
  });

  it('is erased after it was asked once more, with the certificates that are kept', async () => {
    const askErasure = jest.fn(async (_: { body: object }) => undefined);
    open({ askErasure });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Erase everything about me' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    // What was revoked cannot be kept.
    expect(dialog.getAllByRole('checkbox')).toHaveLength(1);
    await userEvent.click(dialog.getByRole('checkbox'));
    await userEvent.click(
      dialog.getByRole('button', { name: 'Erase in seven days' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(askErasure.mock.calls[0][0].body).toEqual({ keep: ['c1'] });
  });

  it('is not erased when that is taken back, and says until when', async () => {
    const cancelErasure = jest.fn(async () => undefined);
    open({
      cancelErasure,
      getMine: async () =>
        aMine({ erasure: { askedAt: NOW, dueAt: NOW, keep: [] } }),
    });
    expect(await screen.findByText(/You will be erased after/)).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Do not erase me' }),
    );
    await waitFor(() => expect(cancelErasure).toHaveBeenCalledTimes(1));
  });

  it('speaks German', async () => {
    renderDojo(
      '/dojo/mine',
      { getMine: async () => aMine() },
      { language: 'de' },
    );
    expect(await screen.findByText('Wer hingesehen hat')).toBeVisible();
    expect(screen.getByText('Gelöscht werden')).toBeVisible();
  });
});
