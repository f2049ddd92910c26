import { say } from '@fawkes/backstage-plugin-cab-common';
import { refusedBy } from '@fawkes/kit-ui/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aChange,
  anException,
  CHANGE,
  ME,
  NOW,
  someEvidence,
} from '../../../dev/builders';
import { aPortal, type Answers } from '../../__testUtils__/fakeApi';
import { renderPages } from '../../__testUtils__/renderPages';

function open(at: string, over: Answers = {}) {
  const api = aPortal(over);
  renderPages({ api, at });
  return api;
}
const AT = `/changes/${CHANGE}`;
const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }));

it('shows on a change who granted what, why and until when', async () => {
  open(AT, {
    getChange: async () => aChange({ exceptions: [anException()] }),
  });
  const shown = await screen.findByRole('region', {
    name: 'Exceptions it relies on',
  });
  await within(shown).findByText(/granted by/);
  expect(shown).toHaveTextContent('Without tests: in force');
  expect(shown).toHaveTextContent(/until .* · ends /);
  expect(shown).toHaveTextContent('The test farm burns until Monday');
  expect(shown).toHaveTextContent('1 thing that is done instead');
  expect(shown).toHaveTextContent('Watched well');
  expect(within(shown).queryByRole('button')).toBeNull();
});

it('says nothing of exceptions where a change needs none', async () => {
  open(AT);
  await screen.findByRole('region', { name: 'Evidence' });
  expect(
    screen.queryByRole('region', { name: 'Exceptions it relies on' }),
  ).toBeNull();
});

it('makes use of one that is there', async () => {
  const exception = anException();
  const api = open(AT, {
    getEvidence: async () => someEvidence({ usable: [exception] }),
    applyException: async () => aChange({ exceptions: [exception] }),
  });
  await press('Make use of it');
  expect(api.applyException).toHaveBeenCalledWith({
    id: CHANGE,
    body: { exceptionId: exception.id },
  });
});

it('asks for one, once everything is said', async () => {
  const api = open(AT, { requestException: async () => anException() });
  await press('Ask for an exception');
  const dialog = await screen.findByRole('dialog');
  const send = () =>
    userEvent.click(
      within(dialog).getByRole('button', { name: 'Ask security' }),
    );
  await send();
  expect(within(dialog).getByText('Say what is done instead.')).toBeVisible();
  expect(api.requestException).not.toHaveBeenCalled();
  const type = (label: string, text: string) =>
    userEvent.type(within(dialog).getByLabelText(label), text);
  await type('Why it cannot be done properly now', 'The farm burns down');
  await type('What is done instead', 'A watch');
  await type('How one sees that it is done', 'Its log');
  await send();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(api.requestException).toHaveBeenCalledWith({
    body: expect.objectContaining({
      waives: 'tests',
      finding: null,
      justification: 'The farm burns down',
      controls: [{ text: 'A watch', owner: ME, verification: 'Its log' }],
    }),
  });
});

it('has on the board what is to be decided and what ends soon, and decides', async () => {
  const refused = await refusedBy(409, {
    name: 'ConflictError',
    message: 'x',
    ...say('exception.decided', { status: 'active' }),
  });
  const api = open('/changes', {
    getExceptions: async ({ which } = {}) => ({
      asOf: NOW,
      items:
        which === 'waiting'
          ? [
              anException({
                status: 'requested',
                decided: null,
                mine: { decide: null, end: say('exception.own') },
              }),
            ]
          : [anException({ waives: 'finding', finding: 'CVE-1' })],
      nextCursor: null,
    }),
    approveException: async () => {
      throw refused;
    },
  });
  const ending = await screen.findByRole('list', {
    name: 'Ending within 14 days',
  });
  expect(ending).toHaveTextContent('With the critical finding CVE-1: in force');
  await press('Decide on it');
  const dialog = await screen.findByRole('dialog');
  await userEvent.click(within(dialog).getByLabelText('Grant it'));
  await userEvent.type(within(dialog).getByRole('textbox'), 'Watched well');
  await userEvent.click(
    within(dialog).getByRole('button', { name: 'Decide on it' }),
  );
  expect(await within(dialog).findByText('It could not be kept')).toBeVisible();
  expect(dialog).toHaveTextContent('It was decided already: it is active');
  expect(api.approveException).toHaveBeenCalledWith({
    id: anException().id,
    body: { reason: 'Watched well' },
  });
});
