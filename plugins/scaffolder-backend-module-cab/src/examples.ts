import { stringify } from 'yaml';

const step = (action: string, input: Record<string, unknown>) =>
  stringify({ steps: [{ id: 'it', name: 'It', action, input }] });

/** Shown in the portal, and run by the tests. */
export const requestExamples = [
  {
    description: 'Ask for a commit to go to production',
    example: step('cab:request', {
      entityRef: 'component:default/shop',
      environment: 'prod-eu',
      commit: '5f3c'.repeat(10),
      title: 'Refund in two steps',
    }),
  },
];

/** Shown in the portal, and run by the tests. */
export const waitExamples = [
  {
    description: 'Wait for two hours at most',
    example: step('cab:wait', {
      changeId: '01938000-0000-7000-8000-000000000001',
      timeoutMinutes: 120,
    }),
  },
];
