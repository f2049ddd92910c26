import { stringify } from 'yaml';

const step = (input: Record<string, unknown>) =>
  stringify({
    steps: [
      { id: 'fits', name: 'Does it fit', action: 'gpu:host:validate', input },
    ],
  });

const host = {
  fqdn: 'gpu-1.example.org',
  arch: 'x86_64',
  environment: 'bare_metal',
  gpuGroups: [
    {
      vendor: 'nvidia',
      pciDeviceId: '10de:2330',
      count: 2,
      binding: 'host',
      sharing: 'mig',
    },
  ],
};
const mig = (layout: Record<string, number>) => ({
  ...host,
  migLayouts: [{ gpu: 'all', layout }],
});

/** Shown in the portal, and run by the tests. */
export const validateExamples = [
  {
    description: 'Two H100 in MIG instances that fill them',
    example: step({ host: mig({ '3g.40gb': 1, '2g.20gb': 1, '1g.10gb': 2 }) }),
  },
  {
    description: 'Find out what would fit, and go on either way',
    example: step({
      host: mig({ '3g.40gb': 2, '1g.10gb': 1 }),
      failOnErrors: false,
    }),
  },
];
