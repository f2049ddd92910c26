import { stringify } from 'yaml';

const step = (action: string, input: Record<string, unknown>) =>
  stringify({ steps: [{ id: 'it', name: 'It', action, input }] });

/** Shown in the portal, and run by the tests. */
export const renderExamples = [
  {
    description: 'Render an API for the local repository of this portal',
    example: step('service:render', {
      template: 'node-api',
      name: 'orders',
      owner: 'group:default/payments',
      description: 'Takes orders',
    }),
  },
  {
    description: 'Render it into a folder, for an organisation on GitHub',
    example: step('service:render', {
      template: 'node-api',
      name: 'orders',
      owner: 'payments',
      title: 'Orders',
      description: 'Takes orders',
      lifecycle: 'production',
      repositoryHost: 'github',
      repositoryOwner: 'acme',
      targetPath: 'orders',
    }),
  },
];

/** See {@link renderExamples}. */
export const lintExamples = [
  {
    description: 'Lint a template that an earlier step fetched',
    example: step('template:lint', { path: 'fetched' }),
  },
  {
    description: 'Go on whatever is found',
    example: step('template:lint', { path: 'fetched', failOnErrors: false }),
  },
];

const orders = {
  template: 'node-api',
  name: 'orders',
  owner: 'group:default/payments',
  description: 'Takes orders',
};

/** See {@link renderExamples}. */
export const planExamples = [
  {
    description: 'Stop early where the name is taken or the owner not yours',
    example: step('service:plan', orders),
  },
];

/** See {@link renderExamples}. */
export const requestExamples = [
  {
    description: 'Ask for an API that this portal keeps and runs',
    example: step('service:request', orders),
  },
  {
    description: 'Take everything back when it fails for good',
    example: step('service:request', { ...orders, onFailure: 'undo' }),
  },
];

const REQUEST_ID = '${{ steps.request.output.requestId }}';

/** See {@link renderExamples}. */
export const effectExamples = (action: string) => [
  {
    description: 'Wait for it after the step that asked for the service',
    example: step(action, { requestId: REQUEST_ID }),
  },
];

/** See {@link renderExamples}. */
export const destroyExamples = [
  {
    description: 'Take down what an earlier step asked for',
    example: step('service:destroy', {
      requestId: REQUEST_ID,
      confirm: 'orders',
    }),
  },
];
