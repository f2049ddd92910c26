import type { Bundle } from '@fawkes/backstage-plugin-provisioning-node';
import { DockerfileParser } from 'dockerfile-ast';
import { parse, parseAllDocuments } from 'yaml';
import { textIn } from '../rendered';
import { filesIn, oneByOne } from './checker';

/** A file and what it names: a path in the repository, or a script of package.json. */
type Named = [by: string, what: string];

/** Paths that Argo CD, the image and the pipeline take from the repository. */
function pathsIn(bundle: Bundle): Named[] {
  const named: Named[] = [];
  for (const [by, text] of filesIn(bundle, /^deploy\/argocd\//)) {
    for (const document of parseAllDocuments(text)) {
      named.push([by, document.toJSON().spec.source.path]);
    }
  }
  for (const [by, text] of filesIn(bundle, /^Dockerfile$/)) {
    for (const copy of DockerfileParser.parse(text).getCOPYs()) {
      if (copy.getFlags().some(flag => flag.getName() === 'from')) continue;
      const words = copy.getArguments().map(word => word.getValue());
      named.push(...words.slice(0, -1).map((word): Named => [by, word]));
    }
  }
  for (const [by, text] of filesIn(bundle, /^\.github\/workflows\//)) {
    named.push(
      ...Array.from(
        text.matchAll(/^ +OVERLAY: (\S+)$/gm),
        ([, path]): Named => [by, path],
      ),
    );
  }
  return named;
}

/** Scripts that the image, the pipeline and the documents run. */
function scriptsIn(bundle: Bundle): Named[] {
  return filesIn(
    bundle,
    /^(\.github\/workflows\/.*|.*\.md|Dockerfile)$/,
  ).flatMap(([by, text]) =>
    Array.from(
      text.matchAll(/\bnpm run ([\w:-]+)/g),
      ([, script]): Named => [by, script],
    ),
  );
}

/** What files name, and is there. */
export const references = oneByOne(bundle => {
  const { scripts } = parse(textIn(bundle, 'package.json'));
  const paths = [...bundle.keys()];
  return [
    ...pathsIn(bundle).filter(
      ([, path]) =>
        !paths.some(one => one === path || one.startsWith(`${path}/`)),
    ),
    ...scriptsIn(bundle).filter(([, script]) => !(script in scripts)),
  ].map(([by, what]) => `${by}: there is no ${what}`);
});
