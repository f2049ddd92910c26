// Holds Kubernetes objects to the models of their kinds, twice: by the models' own schemas, and by their types, which take
// no field that they do not know. A process of its own, because the models are modules that a test runner does not load.
// Reads lists of objects from standard input; writes what is wrong with each list.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Application } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { Service } from 'kubernetes-models/v1/Service';

// By require: looking for what an import of its 9 MB could name takes longer than the compiler's work.
const ts = createRequire(import.meta.url)('typescript');

/** The models of what our templates write, and where each comes from. */
const MODELS = [
  [Application, '@kubernetes-models/argo-cd/argoproj.io/v1alpha1'],
  [Deployment, 'kubernetes-models/apps/v1'],
  [Service, 'kubernetes-models/v1'],
  [
    ServiceMonitor,
    '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1',
  ],
];

const lists = JSON.parse(await text(process.stdin));
const faults = lists.map(() => []);
/** Sources for the compiler: path to the list it is of, what it is called there, and its text. */
const sources = new Map();

for (const [list, objects] of lists.entries()) {
  for (const [n, object] of objects.entries()) {
    const { apiVersion, kind, metadata } = object;
    const called = `${kind} ${metadata?.name}`;
    const [Model, from] =
      MODELS.find(
        ([one]) => one.apiVersion === apiVersion && one.kind === kind,
      ) ?? [];
    if (!Model) {
      faults[list].push(`${called}: nobody knows ${apiVersion}`);
      continue;
    }
    try {
      new Model(object).validate();
    } catch (error) {
      faults[list].push(`${called}: ${error.message}`);
    }
    sources.set(join(import.meta.dirname, `object-${list}-${n}.ts`), {
      list,
      called,
      text: `export const object: import('${from}/${kind}').I${kind} = ${JSON.stringify(
        object,
      )};`,
    });
  }
}

const options = {
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
};
const host = ts.createCompilerHost(options);
const { fileExists, readFile } = host;
host.fileExists = path => sources.has(path) || fileExists(path);
host.readFile = path => sources.get(path)?.text ?? readFile(path);
const program = ts.createProgram([...sources.keys()], options, host);
for (const { file, messageText } of ts.getPreEmitDiagnostics(program)) {
  const message = ts.flattenDiagnosticMessageText(messageText, ' ');
  const source = sources.get(file?.fileName);
  if (!source) throw new Error(message);
  faults[source.list].push(`${source.called}: ${message}`);
}
process.stdout.write(JSON.stringify(faults));
