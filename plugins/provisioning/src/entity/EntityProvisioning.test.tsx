import type { Entity } from '@backstage/catalog-model';
import { createExtensionTester } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { ANNOTATION_PROVISIONING_REQUEST } from '@fawkes/backstage-plugin-provisioning-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { refusedBy } from '@fawkes/kit-ui/testUtils';
import plugin from '..';
import { allowances, aRequest, REQUEST } from '../../dev/builders';
import { aPortal, type Answers } from '../__testUtils__/fakeApi';
import { renderPages } from '../__testUtils__/renderPages';
import { EntityProvisioning } from './EntityProvisioning';
import { isProvisioningAvailable } from './requestOf';

const entityOf = (
  annotations: Record<string, string>,
  kind = 'Component',
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name: 'shop', namespace: 'default', annotations },
});
const made = entityOf({ [ANNOTATION_PROVISIONING_REQUEST]: REQUEST });
const registered = entityOf({});

const open = (over: Answers = {}, entity = made) =>
  renderPages({
    api: aPortal(over),
    path: '/catalog/*',
    at: '/catalog/default/component/shop/provisioning',
    element: (
      <EntityProvider entity={entity}>
        <EntityProvisioning />
      </EntityProvider>
    ),
  });

describe('the tab of a component', () => {
  it('says how it runs, with the buttons of its second day', async () => {
    open();
    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(screen.getByText('Ready')).toBeVisible();
    for (const name of ['Deploy', 'Go back', 'Stop']) {
      expect(screen.getByRole('button', { name })).toBeVisible();
    }
    expect(screen.getByRole('link', { name: 'Update' })).toHaveAttribute(
      'href',
      `/provisioning/requests/${REQUEST}/update`,
    );
    expect(screen.getByRole('link', { name: 'All about it' })).toHaveAttribute(
      'href',
      `/provisioning/requests/${REQUEST}`,
    );
    expect(await screen.findByText('In sync')).toBeVisible();
  });

  it('explains to others why not', async () => {
    open({
      getRequest: async () =>
        aRequest({ allowances: allowances({ stop: 'denied.role' }) }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Stop: why not?' }),
    );
    expect(await screen.findByRole('dialog')).toHaveTextContent(
      'This is not yours to do',
    );
  });

  it('says that one may not see the request', async () => {
    const error = await refusedBy(404, {
      name: 'NotFoundError',
      message: 'no',
    });
    open({
      getRequest: async () => {
        throw error;
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'you may not see it',
    );
  });

  it('says that it was not made here', async () => {
    open({}, registered);
    expect(await screen.findByText('This was not made here')).toBeVisible();
  });

  it('is there for what was made here, and nothing else', () => {
    const filter = createExtensionTester(
      plugin.getExtension('entity-content:provisioning'),
    ).get(EntityContentBlueprint.dataRefs.filterFunction);
    const others = [
      registered,
      entityOf({ [ANNOTATION_PROVISIONING_REQUEST]: REQUEST }, 'API'),
    ];
    expect(filter?.(made)).toBe(true);
    expect(others.map(other => filter?.(other))).toEqual([false, false]);
    expect([made, registered].map(isProvisioningAvailable)).toEqual([
      true,
      false,
    ]);
  });
});
