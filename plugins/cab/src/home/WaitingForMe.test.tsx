import { screen } from '@testing-library/react';
import { aSummary, CHANGE, NOW } from '../../dev/builders';
import { aPortal } from '../__testUtils__/fakeApi';
import { renderPages } from '../__testUtils__/renderPages';
import { WaitingForMe } from './WaitingForMe';

const open = (items: ReturnType<typeof aSummary>[]) =>
  renderPages({
    api: aPortal({
      getWaiting: async () => ({ asOf: NOW, items, more: false }),
    }),
    element: <WaitingForMe />,
  });

it('lists what waits, each with a way in', async () => {
  open([aSummary({ sample: true })]);
  expect(
    await screen.findByRole('link', { name: 'Refund in two steps' }),
  ).toHaveAttribute('href', `/changes/${CHANGE}`);
  expect(screen.getByText('sample')).toBeVisible();
  expect(screen.getByRole('link', { name: 'All changes' })).toHaveAttribute(
    'href',
    '/changes',
  );
});

it('says that nothing waits', async () => {
  open([]);
  expect(await screen.findByText('Nothing waits for you')).toBeVisible();
});
