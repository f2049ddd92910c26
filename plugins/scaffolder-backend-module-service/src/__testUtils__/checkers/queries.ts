import type { Bundle } from '@fawkes/backstage-plugin-provisioning-node';
import { parser } from '@prometheus-io/lezer-promql';
import { filesIn, oneByOne } from './checker';
import { parse } from 'yaml';

/** What Prometheus is asked by a file: where it stands there, and the question. */
export type Query = [path: string, query: string];

/** Every question to Prometheus that a service brings: of its dashboard, of its objectives. */
export function queriesIn(bundle: Bundle): Query[] {
  const found: Query[] = [];
  const collect = (path: string, value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      // `templating.list[].query` of a dashboard names a kind of data source.
      const isOne =
        key === 'expr' || (key === 'query' && !/\.json$/.test(path));
      if (isOne) found.push([path, String(part)]);
      else collect(path, part);
    }
  };
  for (const [path, text] of filesIn(bundle, /^ops\//)) {
    collect(path, parse(text));
  }
  return found;
}

/** The names of the metrics that a question reads, without what a histogram adds to them. */
export function metricsOf(query: string): string[] {
  const names: string[] = [];
  parser.parse(query).iterate({
    enter: ({ type, from, to, node }) => {
      if (type.name === 'Identifier' && node.parent?.name === 'VectorSelector')
        names.push(query.slice(from, to).replace(/_(bucket|count|sum)$/, ''));
    },
  });
  return names;
}

/** Where a question stops being one; undefined where it is one from end to end. */
function gapIn(query: string): number | undefined {
  let gap: number | undefined;
  parser.parse(query).iterate({
    enter: ({ type, from }) => {
      if (type.isError) gap ??= from;
    },
  });
  return gap;
}

/** Prometheus' own grammar, of its editor; and names that the service tells of itself. */
export const queries = oneByOne(bundle => {
  const source = filesIn(bundle, /^src\/.*\.ts$/)
    .map(([, text]) => text)
    .join();
  return queriesIn(bundle).flatMap(([path, query]) => {
    const gap = gapIn(query);
    if (gap !== undefined) {
      return [`${path}: ${query} is no query from its character ${gap}`];
    }
    return metricsOf(query)
      .filter(
        name =>
          !source.includes(`name: '${name}'`) &&
          // Those of every process, by prom-client.
          !/^(process|nodejs)_/.test(name),
      )
      .map(name => `${path}: nothing tells ${name}`);
  });
});
