import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { ResponseError } from '@backstage/errors';
import { screen } from '@testing-library/react';
import { NOW, aSummary, CHANGE, TEAM } from '../../dev/builders';
import { aPortal, type Answers } from '../__testUtils__/fakeApi';
import { renderPages } from '../__testUtils__/renderPages';
import { EntityChanges } from './EntityChanges';

const entityOf = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default' },
  relations: [{ type: 'ownedBy', targetRef: TEAM }],
});

const open = (over: Answers = {}, allowed = true) => {
  // What may be done with one is remembered beyond a test.
  const entity = entityOf(allowed ? 'payments-api' : 'of-others');
  const api = aPortal(over);
  renderPages({
    api,
    allowed,
    path: '/catalog/*',
    at: '/catalog/default/component/payments-api/changes',
    element: (
      <EntityProvider entity={entity}>
        <EntityChanges />
      </EntityProvider>
    ),
  });
  return api;
};
const nothing = async () => ({ asOf: NOW, items: [], nextCursor: null });
const NEW = '/changes/new?entity=component%3Adefault%2Fpayments-api';

describe('the Changes tab', () => {
  it('lists what was asked for, with its state and risk, and the way to ask', async () => {
    const api = open({
      getChanges: async () => ({
        asOf: NOW,
        items: [aSummary({ sample: true })],
        nextCursor: null,
      }),
    });
    const row = await screen.findByRole('row', { name: /Refund in two steps/ });
    expect(row).toHaveTextContent('Board review');
    expect(row).toHaveTextContent('66.0 · high');
    expect(row).toHaveTextContent('sample');
    expect(
      await screen.findByRole('link', { name: 'Request a change' }),
    ).toHaveAttribute('href', NEW);
    expect(api.getChanges.mock.calls[0][0]).toMatchObject({
      entityRef: 'component:default/payments-api',
    });
    expect(row).toHaveAttribute('data-href', `/changes/${CHANGE}`);
  });

  it('says what to do where nothing was asked for', async () => {
    open({ getChanges: nothing });
    expect(
      await screen.findByRole('heading', {
        name: 'No change was asked for yet',
      }),
    ).toBeVisible();
    expect(
      await screen.findByRole('link', { name: 'Request a change' }),
    ).toHaveAttribute('href', NEW);
  });

  it('says whom to ask to those who may not', async () => {
    open({ getChanges: nothing }, false);
    expect(
      await screen.findByText('Its owners ask for changes: Payments.'),
    ).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Request a change' })).toBeNull();
  });

  it('says that the backend is not there', async () => {
    const error = await ResponseError.fromResponse(
      new Response('', { status: 404 }),
    );
    open({
      getChanges: async () => {
        throw error;
      },
    });
    expect(
      await screen.findByText('Change approval is not installed'),
    ).toBeVisible();
  });
});
