import { execFileSync } from 'node:child_process';
import {
  digestOfBundle,
  readTemplate,
  type Bundle,
} from '@fawkes/backstage-plugin-provisioning-node';
import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import { rendered, textIn } from './__testUtils__/rendered';
import { templateFolders } from './templateFolders';

/** What every service has that runs. */
const RUNS = [
  '.devcontainer/devcontainer.json',
  '.dockerignore',
  '.github/CODEOWNERS',
  '.github/workflows/ci.yml',
  '.gitignore',
  'Dockerfile',
  'README.md',
  'catalog-info.yaml',
  'deploy/argocd/application.yaml',
  'deploy/base/deployment.yaml',
  'deploy/base/kustomization.yaml',
  'deploy/base/service.yaml',
  'deploy/base/servicemonitor.yaml',
  'deploy/overlays/production/kustomization.yaml',
  'deploy/overlays/staging/kustomization.yaml',
  'docs/index.md',
  'docs/runbook.md',
  'mkdocs.yml',
  'ops/dashboard.json',
  'ops/slo.yaml',
  'package-lock.json',
  'package.json',
];
const MUST: Record<string, string[]> = {
  'node-api': [...RUNS, 'openapi.yaml'],
  'node-library': [
    ...RUNS.filter(
      path => !/^(deploy|ops)\/|^(Dockerfile|\.dockerignore)$/.test(path),
    ),
    'tsconfig.build.json',
  ],
  'node-web': RUNS,
  'node-worker': RUNS,
};
/** What it must not contain. */
const MUST_NOT: Record<string, RegExp> = {
  'node-api': /^dist|node_modules|worker/,
  'node-library': /^(deploy|ops)\/|Dockerfile|openapi|main\.ts/,
  'node-web': /openapi|greetings/,
  'node-worker': /openapi|greetings/,
};

const isYaml = (path: string) => /\.ya?ml$/.test(path);

/** Files that their parser refuses, and values that rendered to nothing: null or empty, which none of ours says. */
function faultsIn(bundle: Bundle): string[] {
  return [...bundle.keys()].flatMap(path => {
    const text = textIn(bundle, path);
    if (path.endsWith('.json')) JSON.parse(text);
    if (!isYaml(path)) return [];
    return parseAllDocuments(text).flatMap(document => [
      ...document.errors.map(({ message }) => `${path}: ${message}`),
      // `on: pull_request:` of a workflow is null, and means always.
      ...(/null|:""/.test(
        JSON.stringify(document.toJSON()).replace('"pull_request":null', ''),
      )
        ? [`${path}: a gap`]
        : []),
    ]);
  });
}

const unescapeHtml = (text: string) =>
  text.replace(/&(lt|gt|quot|amp|#(\d+));/g, (_, word, code) =>
    code
      ? String.fromCodePoint(Number(code))
      : { lt: '<', gt: '>', quot: '"', amp: '&' }[word as 'lt'] ?? '',
  );

it('knows what each template must contain', async () => {
  const templates = await Promise.all(
    (await templateFolders()).map(readTemplate),
  );
  expect(templates.map(({ ref }) => ref.name)).toEqual(Object.keys(MUST));
});

it('has no file that npm or Yarn leave out of a package', async () => {
  const templates = await Promise.all(
    (await templateFolders()).map(readTemplate),
  );
  const left =
    /^(\.git.*|\.npm.*|\.yarn.*|\.DS_Store|node_modules|CVS|\.svn|.*\.orig|.*\.swp)$/;
  expect(
    templates.flatMap(({ files }) =>
      [...files.keys()].filter(path =>
        path.split('/').some(part => left.test(part)),
      ),
    ),
  ).toEqual([]);
});

describe.each(Object.entries(MUST))('%s', (template, must) => {
  it('has everything a service needs', async () => {
    const bundle = await rendered(template);
    expect([...bundle.keys()]).toEqual(expect.arrayContaining(must));
    expect(
      [...bundle.keys()].filter(path => MUST_NOT[template].test(path)),
    ).toEqual([]);
  });

  it('renders twice to the same bytes, whatever locale and time zone', async () => {
    const one = await rendered(template);
    const before = { ...process.env };
    process.env.TZ = 'Pacific/Kiritimati';
    process.env.LANG = 'tr_TR.UTF-8';
    try {
      expect(digestOfBundle(await rendered(template))).toBe(
        digestOfBundle(one),
      );
    } finally {
      process.env = before;
    }
  });

  it.each(['local', 'github'])('leaves no gap for %s', async host => {
    const bundle = await rendered(template, {
      repositoryHost: host,
      ...(host === 'github' ? { repositoryOwner: 'Acme' } : {}),
      system: 'shop',
    });
    for (const [path, { mode }] of bundle) {
      const text = textIn(bundle, path);
      expect(mode).toBe('644');
      expect(text).not.toMatch(/values\.|\{%|\{\{ *$/);
      expect(text.endsWith('\n')).toBe(true);
      expect(text).not.toContain('\r');
    }
    expect(faultsIn(bundle)).toEqual([]);
  });

  it('takes images and actions by digest only', async () => {
    const bundle = await rendered(template);
    const workflow = textIn(bundle, '.github/workflows/ci.yml');
    const used = workflow.match(/uses: .*/g) ?? [];
    expect(used).not.toEqual([]);
    for (const line of used) expect(line).toMatch(/@[0-9a-f]{40} # v\d/);
    expect(workflow).toContain('codeql-action/analyze');
  });

  it('builds, scans and lists an image, where it has one', async () => {
    const bundle = await rendered(template);
    const workflow = textIn(bundle, '.github/workflows/ci.yml');
    const from = bundle.has('Dockerfile')
      ? textIn(bundle, 'Dockerfile').match(/^FROM .*@sha256:[0-9a-f]{64}/gm)
      : [];
    expect(from).toHaveLength(must.includes('Dockerfile') ? 2 : 0);
    const image = [
      'severity: HIGH,CRITICAL',
      "exit-code: '1'",
      'cyclonedx-json',
    ];
    expect(image.filter(text => workflow.includes(text))).toEqual(
      must.includes('Dockerfile') ? image : ['cyclonedx-json'],
    );
  });

  it('has a workflow whose scripts the shell can read', async () => {
    const { jobs } = parse(
      textIn(await rendered(template), '.github/workflows/ci.yml'),
    );
    const scripts = Object.values<{ steps: { run?: string }[] }>(jobs).flatMap(
      ({ steps }) => steps.flatMap(({ run }) => run ?? []),
    );
    expect(scripts).not.toEqual([]);
    for (const input of scripts) execFileSync('/bin/sh', ['-n'], { input });
  });

  it('keeps a lock that fits, without hosts', async () => {
    const bundle = await rendered(template, { name: 'my-orders' });
    const lock = JSON.parse(textIn(bundle, 'package-lock.json'));
    const { name, version, dependencies, devDependencies, engines } =
      JSON.parse(textIn(bundle, 'package.json'));
    expect(lock.packages['']).toMatchObject({
      name,
      version,
      devDependencies,
      engines,
      ...(dependencies ? { dependencies } : {}),
    });
    expect(name).toBe('my-orders');
    expect(textIn(bundle, 'package-lock.json')).not.toContain('://registry');
    expect(textIn(bundle, 'package-lock.json')).not.toContain('"resolved"');
  });

  it('tells the delivery plugin where its facts come from', async () => {
    const annotationsOf = async (told: Record<string, string>) => {
      const bundle = await rendered(template, told);
      return parseAllDocuments(textIn(bundle, 'catalog-info.yaml'))[0].toJSON()
        .metadata.annotations;
    };
    const local = await annotationsOf({});
    expect(local).toMatchObject({
      'fawkes.dev/delivery-repository': 'portal.local/default/orders',
      'fawkes.dev/delivery-environments': 'local,production',
      'fawkes.dev/template': template,
    });
    expect(local).not.toHaveProperty(['github.com/project-slug']);
    const remote = await annotationsOf({
      repositoryHost: 'github',
      repositoryOwner: 'Acme',
    });
    expect(remote).toMatchObject({
      'github.com/project-slug': 'acme/orders',
      'fawkes.dev/delivery-environments': 'production',
    });
  });

  it('survives whatever people write', async () => {
    const words = fc
      .oneof(
        fc.constantFrom(
          'on',
          'no',
          '0777',
          '1e3',
          '~',
          '- a: b #c',
          '*x &y !z |',
          `it's "quoted" \\ and \`ticked\` $(id) \${HOME}`,
          '${{ github.sha }} {% raw %} {# x #}',
          '</p><script>alert(1)</script>',
          'größe 日本 👩‍🚀',
        ),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
      )
      .map(text => text.normalize('NFC').trim())
      .filter(
        text =>
          text !== '' &&
          text.length <= 80 &&
          !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/u.test(
            text,
          ),
      );
    await fc.assert(
      fc.asyncProperty(words, words, async (title, description) => {
        const bundle = await rendered(template, { title, description });
        const read = (path: string) => textIn(bundle, path);
        for (const document of parseAllDocuments(read('catalog-info.yaml'))) {
          expect(document.toJSON().metadata).toMatchObject({
            title,
            description,
          });
        }
        expect(JSON.parse(read('package.json')).description).toBe(description);
        expect(parse(read('mkdocs.yml')).site_name).toBe(title);
        const apis = must.includes('openapi.yaml') ? ['openapi.yaml'] : [];
        expect(apis.map(path => parse(read(path)).info)).toEqual(
          apis.map(() => expect.objectContaining({ title, description })),
        );
        for (const path of ['README.md', 'docs/index.md']) {
          const [, html] = /^<p>(.*)<\/p>$/m.exec(read(path)) ?? [];
          expect(unescapeHtml(html)).toBe(description);
          expect(html).not.toMatch(/[<>]/);
        }
      }),
      { numRuns: 60 },
    );
  });
});
