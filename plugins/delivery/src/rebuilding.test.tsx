import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { aDeploymentResponse, NOW } from '../dev/builders';
import {
  metricsAnswer,
  metricsByAnswer,
  metricsRow,
} from './__testUtils__/answers';
import { anApi, intake, quality } from './__testUtils__/quality';
import { renderDelivery } from './__testUtils__/renderDelivery';
import { ME } from './__testUtils__/renderPages';
import { EntityDelivery, EntityDeliveryCard } from './entity';
import { MyServices } from './home';
import { ChangePage } from './pages/Change';
import { DeploymentPage } from './pages/Deployment';
import { DoraPage } from './pages/Dora';
import { QualityPage } from './pages/Quality';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop', namespace: 'default' },
  relations: [{ type: 'ownedBy', targetRef: ME }],
};
const none = { asOf: NOW, items: [], nextCursor: null };
const of = (element: ReactElement) => (
  <EntityProvider entity={entity}>{element}</EntityProvider>
);

/** A portal that makes everything anew, or does not. */
function portal(rebuilding: boolean, told = true) {
  const metrics = metricsAnswer({ rebuilding });
  return anApi({
    getMetrics: async () => ({
      ...metrics,
      scope: {
        ...metrics.scope,
        firstFactAt: told ? metrics.scope.firstFactAt : null,
      },
    }),
    getMetricsBy: async () =>
      metricsByAnswer([metricsRow('shop')], { rebuilding }),
    getDeployments: async () => ({ ...none, changedCursor: '0' }),
    getIncidents: async () => none,
    getDeployment: async () => aDeploymentResponse({ rebuilding }),
    getChange: async () => ({
      asOf: NOW,
      rebuilding,
      change: {
        key: 'k',
        kind: 'commit',
        repository: 'github.com/acme/shop',
        id: 'abc',
        title: 'T',
        url: null,
        timeline: [],
        commits: [],
      },
      deployments: [],
    }),
    getQuality: async () => quality({ rebuilding }),
    getIntake: async () => ({
      ...intake(),
      rebuild: rebuilding ? { since: NOW, left: 3 } : null,
    }),
  });
}

/** What is looked at, and where it lies. */
const PAGES: Array<[string, ReactElement, string?]> = [
  ['the DORA page', <DoraPage />],
  ['data quality', <QualityPage />],
  ['a deployment', <DeploymentPage />, '/deployments'],
  ['a change', <ChangePage />, '/changes'],
  ['the tab of a service', of(<EntityDelivery />)],
  ['the card of a service', of(<EntityDeliveryCard />)],
  ['the home page', <MyServices />],
];

const open = (
  [, element, at]: (typeof PAGES)[number],
  api: ReturnType<typeof portal>,
  language = 'en',
) =>
  renderDelivery(element, {
    api,
    language,
    entities: [entity],
    ownership: [ME],
    path: at ? `${at}/:key` : '*',
    at: at ? `${at}/k` : '/',
  });

beforeEach(() => localStorage.clear());

describe.each(PAGES)('%s, while everything is made anew', (...page) => {
  it('says so', async () => {
    open(page, portal(true));
    expect(
      await screen.findByText(/^All numbers are being made anew/),
    ).toBeVisible();
  });

  it('says so in German', async () => {
    open(page, portal(true), 'de');
    expect(
      await screen.findByText(/^Alle Zahlen werden (gerade )?neu berechnet/),
    ).toBeVisible();
  });

  it('says nothing of it at other times', async () => {
    open(page, portal(false));
    await screen.findAllByText(/shop|T|Deployments|1\.42\.0/);
    expect(screen.queryByText(/made anew/)).toBeNull();
  });
});

it('is said where nothing has been told yet, too', async () => {
  open(PAGES[4], portal(true, false));
  expect(
    await screen.findByText(/^All numbers are being made anew/),
  ).toBeVisible();
});

it('is said once on the page of data quality, with how much is left', async () => {
  open(PAGES[1], portal(true));
  expect(await screen.findByText(/3 services to go/)).toBeVisible();
  expect(screen.getAllByText(/^All numbers are being made anew/)).toHaveLength(
    1,
  );
});

it('is said there to whoever may not read the intake', async () => {
  open(
    PAGES[1],
    anApi({
      ...portal(true),
      getIntake: async () => {
        throw new Error('not allowed');
      },
      getQuality: async () => quality({ rebuilding: true }),
    }),
  );
  expect(
    await screen.findByText(/^All numbers are being made anew/),
  ).toBeVisible();
});
