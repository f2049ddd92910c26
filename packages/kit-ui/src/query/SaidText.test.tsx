import { screen } from '@testing-library/react';
import { SaidProvider } from '../values';
import { renderInPortal } from '../testUtils';
import { QueryProvider } from './QueryProvider';
import { SaidText } from './SaidText';

const board = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'board', namespace: 'default', title: 'Change Board' },
};

it('names people and groups, one or several, and leaves the rest', async () => {
  renderInPortal(
    <QueryProvider owner={{}}>
      <SaidProvider
        speak={({ params }) => `${params?.who} · ${params?.all} · ${params?.n}`}
      >
        <SaidText
          said={{
            code: 'x',
            params: {
              who: 'group:default/board',
              all: 'group:default/board, user:default/mira',
              n: 'one, two',
            },
            text: 'as written',
          }}
        />
      </SaidProvider>
    </QueryProvider>,
    { entities: [board] },
  );
  expect(
    await screen.findByText('Change Board · Change Board, mira · one, two'),
  ).toBeVisible();
});

it.each([
  ['pay (group:default/board)', 'pay (Change Board)'],
  [
    'pay (group:default/board), shop (user:default/mira)',
    'pay (Change Board), shop (mira)',
  ],
  // What is not all of it refs and names stays as it was written.
  ['pay (group:default/board', 'pay (group:default/board'],
  ['group:default/board)', 'group:default/board)'],
  ['group:default/board, and more', 'group:default/board, and more'],
])('says whose it is: %s', async (who, says) => {
  renderInPortal(
    <QueryProvider owner={{}}>
      <SaidProvider speak={({ params }) => `Full: ${params?.who}`}>
        <SaidText said={{ code: 'x', params: { who }, text: '' }} />
      </SaidProvider>
    </QueryProvider>,
    { entities: [board] },
  );
  expect(await screen.findByText(`Full: ${says}`)).toBeVisible();
});
