import { fakeClient } from '@fawkes/kit-contract';
import { renderInPortal } from '@fawkes/kit-ui/testUtils';
import { screen } from '@testing-library/react';
import { notesRoutes, type Note } from './contract';
import { NotesPage, notesApiRef } from './NotesPage';

const at = '2026-11-30T09:00:00.000Z';

function show(answer: () => Promise<Note[]>) {
  const api = fakeClient(notesRoutes, {
    getNotes: async () => ({
      items: await answer(),
      nextCursor: null,
    }),
  });
  renderInPortal(<NotesPage />, { apis: [[notesApiRef, api]] });
}

describe('the page of a family on the kit', () => {
  it('shows what there is', async () => {
    show(async () => [{ id: 'a', title: 'Buy milk', at }]);
    expect(await screen.findByText(/Buy milk/)).toBeInTheDocument();
  });

  it('says that there is nothing yet', async () => {
    show(async () => []);
    expect(await screen.findByText('No notes yet')).toBeInTheDocument();
  });

  it('says what went wrong, and offers to try again', async () => {
    show(async () => {
      throw new Error('away');
    });
    expect(
      await screen.findByText('The notes could not be loaded'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button')).toBeEnabled();
  });
});
