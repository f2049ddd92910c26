import {
  digestOfBundle,
  type Bundle,
} from '@fawkes/backstage-plugin-provisioning-node';
import {
  dockerfile,
  documents,
  entities,
  kubernetes,
  kustomize,
  openapi,
  openslo,
  promtool,
  queries,
  references,
  withFault,
  workflow,
  type Checker,
} from './__testUtils__/checkers';
import { rendered } from './__testUtils__/rendered';

jest.setTimeout(60_000);

/** A fault to plant: in which service, where, what for what, and what shall be said of it. */
type Fault = [
  template: string,
  path: string,
  from: string,
  to: string,
  says: RegExp,
];

const CI = '.github/workflows/ci.yml';
const DEPLOYMENT = 'deploy/base/deployment.yaml';
const MONITOR = 'deploy/base/servicemonitor.yaml';
const ARGO = 'deploy/argocd/application.yaml';
const OVERLAY = 'deploy/overlays/production/kustomization.yaml';

const CHECKERS: [name: string, checker: Checker, faults: Fault[]][] = [
  [
    'actionlint: pipelines',
    workflow,
    [
      ['node-api', CI, 'runs-on:', 'run-on:', /"run-on"/],
      ['node-web', CI, 'needs: [test,', 'needs: [tests,', /"tests" which does/],
      ['node-worker', CI, 'steps.push.outputs', 'steps.pull.outputs', /"pull"/],
      ['node-library', CI, '${{ github.ref }}', '${{ github.rev }}', /"rev"/],
    ],
  ],
  [
    'kubernetes-models: objects as written',
    kubernetes,
    [
      ['node-api', DEPLOYMENT, 'replicas: 2', 'replicas: two', /replicas/],
      [
        'node-web',
        DEPLOYMENT,
        'httpGet:',
        'httpget:',
        /httpget.* does not exist/,
      ],
      ['node-worker', MONITOR, 'interval: 30s', 'interval: 30 s', /interval/],
      ['node-api', ARGO, 'destination:', 'target:', /destination/],
      [
        'node-web',
        ARGO,
        'prune: true',
        'prunes: true',
        /prunes.* does not exist/,
      ],
      ['node-api', MONITOR, 'coreos.com/v1', 'coreos.com/v9', /knows .*v9/],
    ],
  ],
  [
    'kubectl kustomize: objects as they are applied',
    kustomize,
    [
      ['node-api', OVERLAY, '../../base', '../../bases', /bases/],
      ['node-web', OVERLAY, 'containers/0', 'containers/7', /containers.7/],
      [
        'node-worker',
        OVERLAY,
        'value: production',
        'values: 1',
        /values.* does/,
      ],
      ['node-api', OVERLAY, 'images:', 'image:', /unknown field .*image/],
    ],
  ],
  [
    'dockerfile-utils and own rules: images',
    dockerfile,
    [
      ['node-api', 'Dockerfile', 'RUN npm', 'RUNS npm', /RUNS/],
      ['node-web', 'Dockerfile', 'USER 1000:1000\n', '', /It runs as root/],
      ['node-worker', 'Dockerfile', 'EXPOSE 8080', 'EXPOSE http', /port/i],
      ['node-api', 'Dockerfile', '@sha256:', '-', /has no digest/],
    ],
  ],
  [
    'OpenSLO: objectives',
    openslo,
    [
      ['node-api', 'ops/slo.yaml', 'target: 0.995', 'target: 99.5', /target/],
      ['node-web', 'ops/slo.yaml', '  service:', '  services:', /service/],
      ['node-worker', 'ops/slo.yaml', '28d', '4 weeks', /duration/],
    ],
  ],
  [
    'the grammar of Prometheus: queries, and metrics that there are',
    queries,
    [
      ['node-api', 'ops/slo.yaml', 'status!~"5.."', 'status!~5', /no query/],
      ['node-web', 'ops/dashboard.json', 'sum by', 'sum of', /no query/],
      [
        'node-worker',
        'ops/dashboard.json',
        'job_duration_seconds_bucket',
        'jobs_duration_seconds_bucket',
        /nothing tells jobs_duration_seconds/,
      ],
    ],
  ],
  [
    'promtool: queries',
    promtool,
    [
      ['node-api', 'ops/slo.yaml', 'status!~"5.."', 'status!~"("', /missing/],
      ['node-web', 'ops/dashboard.json', '[5m]', '', /range vector/],
    ],
  ],
  [
    'swagger-parser: what an API says of itself',
    openapi,
    [['node-api', 'openapi.yaml', 'responses:', 'answers:', /openapi\.yaml/]],
  ],
  [
    'the catalog: entities',
    entities,
    [
      ['node-api', 'catalog-info.yaml', './openapi.yaml', './api.yaml', /api/],
      ['node-web', 'catalog-info.yaml', '  type: ', '  types: ', /type/],
      ['node-worker', 'catalog-info.yaml', '  owner: ', '  by: ', /owner/],
      ['node-library', 'catalog-info.yaml', 'kind: Comp', 'kind: P', /Ponent/i],
    ],
  ],
  [
    'what files name',
    references,
    [
      ['node-api', ARGO, 'overlays/staging', 'overlays/stage', /no .*\/stage/],
      ['node-web', 'Dockerfile', 'COPY src', 'COPY source', /no source/],
      ['node-worker', CI, 'deploy/overlays', 'overlays', /no overlays/],
      ['node-library', CI, 'npm run coverage', 'npm run cover', /no cover$/],
    ],
  ],
  [
    'mkdocs: documents',
    documents,
    [
      ['node-api', 'docs/index.md', '`/health`', '[h](h.md)', /h\.md/],
      ['node-library', 'mkdocs.yml', 'runbook.md', 'run.md', /run\.md/],
    ],
  ],
];

const TEMPLATES = ['node-api', 'node-library', 'node-web', 'node-worker'];

/** The same elsewhere. */
const elsewhere = (template: string) =>
  rendered(template, {
    repositoryHost: 'github',
    repositoryOwner: 'Acme',
    system: 'shop',
    name: 'team-orders-2',
  });

/** Every cell: templates on the remote of the portal, by their names, and on GitHub. */
const cells = new Map<string, Bundle>();
beforeAll(async () => {
  for (const template of TEMPLATES) {
    cells.set(template, await rendered(template));
    cells.set(`${template} on GitHub`, await elsewhere(template));
  }
});

it('renders each cell twice to the same bytes', async () => {
  const digests = [...cells.values()].map(digestOfBundle);
  const again = [];
  for (const template of TEMPLATES) {
    again.push(await rendered(template), await elsewhere(template));
  }
  expect(again.map(digestOfBundle)).toEqual(digests);
  expect(new Set(digests).size).toBe(cells.size);
});

for (const [name, checker, faults] of CHECKERS) {
  const absent = checker.absent?.();
  if (absent) process.stderr.write(`SKIPPED: ${name}: ${absent}\n`);
  const describeWhereThere = absent ? describe.skip : describe;

  describeWhereThere(name, () => {
    it('finds nothing in a cell, and a fault that is planted', async () => {
      const planted = faults.map(([template, path, from, to]) =>
        withFault(cells.get(template)!, path, from, to),
      );
      const found = await checker.faultsIn([...cells.values(), ...planted]);
      const called = [...cells.keys()];
      expect(called.map((cell, i) => [cell, found[i]])).toEqual(
        called.map(cell => [cell, []]),
      );
      for (const [i, [template, path, from, to, says]] of faults.entries()) {
        const said = found[cells.size + i].join('\n');
        // What was planted is told too, for whoever reads that it was not found.
        expect([template, path, from, to, said]).toEqual([
          template,
          path,
          from,
          to,
          expect.stringMatching(says),
        ]);
      }
    });
  });
}
