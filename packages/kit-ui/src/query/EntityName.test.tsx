import { screen } from '@testing-library/react';
import { renderInPortal } from '../testUtils';
import { EntityName } from './EntityName';
import { QueryProvider } from './QueryProvider';

it('says titles where the catalog has them, names where not', async () => {
  renderInPortal(
    <QueryProvider owner={{}}>
      <EntityName entityRef="user:default/mira.okafor" />
      <EntityName entityRef="group:secret/board" />
      <EntityName entityRef="the night shift" />
    </QueryProvider>,
    {
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'User',
          metadata: { name: 'mira.okafor', namespace: 'default' },
          spec: { profile: { displayName: 'Mira Okafor' } },
        },
      ],
    },
  );
  expect(await screen.findByText('Mira Okafor')).toHaveAttribute(
    'title',
    'user:default/mira.okafor',
  );
  expect(screen.getByText('secret/board')).toBeVisible();
  expect(screen.getByText('the night shift')).toBeVisible();
});
