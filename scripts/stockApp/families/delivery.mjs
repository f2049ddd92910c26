// The delivery plugins: told a few deployments over HTTP, and the number read off the Delivery tab in a browser.
import { Problem } from '../../lib/problem.mjs';

/** What somebody adds to their app; what these need of this repository comes along. */
export const packages = {
  app: ['plugins/delivery'],
  backend: [
    'plugins/delivery-backend',
    'plugins/delivery-backend-module-github',
  ],
};

/** Every line somebody has to write. The frontend finds its plugin by itself. */
export const lines = [
  "backend.add(import('@fawkes/backstage-plugin-delivery-backend'));",
  "backend.add(import('@fawkes/backstage-plugin-delivery-backend-module-github'));",
];

const COMPONENT = 'example-website';
const DEPLOYMENTS = 5;

/** Answers what the Delivery tab of a component of the stock app says. */
export async function prove({ url, token, openAsGuest }) {
  await tellDeployments({ url, token });
  const page = await openAsGuest(`/catalog/default/component/${COMPONENT}`);
  await page
    .getByRole('link', { name: 'Delivery', exact: true })
    .last()
    .click();
  const card = page.getByRole('article', { name: 'Deployments', exact: true });
  const expected = `${DEPLOYMENTS} deployments reached production`;
  await card.getByText(expected).waitFor({ timeout: 60_000 });
  return [
    `The Delivery tab of ${COMPONENT} says:`,
    ...(await card.innerText()).split('\n').map(line => `    ${line}`),
  ];
}

/** Tells deployments of the component, one an hour, the last one an hour ago. */
async function tellDeployments({ url, token }) {
  const events = Array.from({ length: DEPLOYMENTS }, (_, index) => {
    const at = new Date(Date.now() - (index + 1) * 3_600_000).toISOString();
    return {
      type: 'deployment',
      source: 'stock-proof',
      id: `run-${index}`,
      occurredAt: at,
      finishedAt: at,
      service: `component:default/${COMPONENT}`,
      environment: 'production',
      status: 'success',
      version: `1.0.${DEPLOYMENTS - index}`,
    };
  });
  const response = await fetch(`${url}/api/delivery/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(events),
  });
  if (response.status !== 202) {
    throw new Problem(`POST /api/delivery/events answered ${response.status}`, [
      await response.text(),
    ]);
  }
}
