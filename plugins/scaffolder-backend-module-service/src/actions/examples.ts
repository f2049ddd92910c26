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
