import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bundle } from '@fawkes/backstage-plugin-provisioning-node';
import { parse, parseAllDocuments } from 'yaml';
import { writeBundle } from '../../writeBundle';
import { env } from '../npm';
import { textIn } from '../rendered';
import { absentProgram, filesIn, type Checker } from './checker';

const run = promisify(execFile);

interface KubernetesObject {
  kind: string;
  spec: Record<string, any>;
}

const objectsIn = (text: string): KubernetesObject[] =>
  parseAllDocuments(text).map(document => document.toJSON());

/** What is wrong with lists of objects, by their models. */
async function faultsOf(lists: KubernetesObject[][]): Promise<string[][]> {
  const input = JSON.stringify(lists);
  const script = join(__dirname, 'kubernetesModels.mjs');
  return JSON.parse(
    execFileSync(process.execPath, [script], { input, env, encoding: 'utf8' }),
  );
}

/** The labels by which kustomize lets objects find each other, put where it puts them into a Deployment. */
function withLabels(object: KubernetesObject, labels: object) {
  if (object.kind !== 'Deployment') return object;
  const { spec } = object;
  const template = { ...spec.template, metadata: { labels } };
  const selector = { matchLabels: labels };
  return { ...object, spec: { ...spec, selector, template } };
}

function plainObjectsOf(bundle: Bundle): KubernetesObject[] {
  if (!bundle.has('deploy/base/kustomization.yaml')) return [];
  const base = parse(textIn(bundle, 'deploy/base/kustomization.yaml'));
  return filesIn(bundle, /^deploy\/(argocd|base)\//)
    .filter(([path]) => !path.endsWith('/kustomization.yaml'))
    .flatMap(([, text]) => objectsIn(text))
    .map(object => withLabels(object, base.labels[0].pairs));
}

/** The objects as they are written. */
export const kubernetes: Checker = {
  faultsIn: async bundles => faultsOf(bundles.map(plainObjectsOf)),
};

const OVERLAYS = ['staging', 'production'];

/** The objects that an overlay makes, or what kustomize did not like. */
async function builtIn(folder: string, overlay: string) {
  const path = join(folder, 'deploy', 'overlays', overlay);
  return run('kubectl', ['kustomize', path]).then(
    ({ stdout }) => ({ objects: objectsIn(stdout), faults: [] as string[] }),
    ({ stderr }) => ({ objects: [], faults: [`${overlay}: ${stderr}`] }),
  );
}

/** The objects as kustomize makes them for each place. */
export const kustomize: Checker = {
  absent: () =>
    absentProgram('kubectl', ['version', '--client']) ?? oldKustomize(),
  async faultsIn(bundles) {
    const root = await mkdtemp(join(tmpdir(), 'kustomize-'));
    try {
      const built = await Promise.all(
        bundles.map(async (bundle, i) => {
          if (!bundle.has('deploy/base/kustomization.yaml')) return [];
          const folder = join(root, String(i));
          await writeBundle(bundle, folder);
          return Promise.all(OVERLAYS.map(place => builtIn(folder, place)));
        }),
      );
      const models = await faultsOf(
        built.map(places => places.flatMap(({ objects }) => objects)),
      );
      return built.map((places, i) => [
        ...places.flatMap(({ faults }) => faults),
        ...models[i],
      ]);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  },
};

/** Why this kubectl is too old: its kustomize knows no `labels`. */
function oldKustomize(): string | undefined {
  const said = execFileSync('kubectl', ['version', '--client'], {
    encoding: 'utf8',
  });
  const [, major] = /Kustomize Version: v(\d+)/.exec(said) ?? [];
  return Number(major) >= 5 ? undefined : 'kubectl has no kustomize 5';
}
