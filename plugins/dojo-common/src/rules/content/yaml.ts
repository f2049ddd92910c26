import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
} from 'yaml';

/** What a YAML file holds: every scalar is its source text. */
export type Tree = string | Tree[] | { [key: string]: Tree };

/** A step into a file: a name or a place. @public */
export type Step = string | number;

/** A YAML file that was read. */
export interface ReadYaml {
  tree: Tree | undefined;
  faults: Array<{ line: number; message: string }>;
  /** Line of a value; of what stands around it, where there is none. */
  lineOf(path: readonly Step[]): number;
}

/**
 * Reads YAML. `1.10` stays "1.10" and `66.67` never becomes a float. Aliases are
 * refused: content is read by people, who have to see what stands there.
 *
 * @param offset - lines that stand before, of a front matter
 */
export function readYaml(text: string, offset = 0): ReadYaml {
  const counter = new LineCounter();
  const doc = parseDocument(text, {
    lineCounter: counter,
    uniqueKeys: true,
    prettyErrors: false,
  });
  const line = (position: number) => counter.linePos(position).line + offset;
  const faults = [...doc.errors, ...doc.warnings].map(({ pos, message }) => ({
    line: line(pos[0]),
    message: `is not YAML: ${withoutValues(message)}`,
  }));
  let tree: Tree | undefined;
  if (faults.length === 0) {
    tree = toTree(doc.contents, position =>
      faults.push({
        line: line(position),
        message: 'uses an alias, a tag or a key that is no plain text',
      }),
    );
  }
  return {
    tree: faults.length > 0 ? undefined : tree,
    faults,
    lineOf: path => line(positionOf(doc, path)),
  };
}

/** The parser quotes what it stumbled over; that may be a key. */
function withoutValues(message: string): string {
  return message.split(/[:"'`]/)[0].trim();
}

function toTree(node: unknown, refuse: (position: number) => void): Tree {
  if (isMap(node)) {
    return Object.fromEntries(
      node.items.map(pair => {
        if (!isScalar(pair.key)) refuse(node.range?.[0] ?? 0);
        const key = isScalar(pair.key) ? textOf(pair.key) : '';
        return [key, pair.value === null ? '' : toTree(pair.value, refuse)];
      }),
    );
  }
  if (isSeq(node)) return node.items.map(item => toTree(item, refuse));
  if (isScalar(node)) {
    if (node.tag) refuse(node.range?.[0] ?? 0);
    return textOf(node);
  }
  if (isAlias(node)) refuse(node.range?.[0] ?? 0);
  return '';
}

function textOf(scalar: { source?: string; value: unknown }): string {
  return scalar.source ?? String(scalar.value ?? '');
}

function positionOf(doc: Document.Parsed, path: readonly Step[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = doc.getIn(path.slice(0, length), true) as
      | { range?: [number, number, number] }
      | undefined;
    if (node?.range) return node.range[0];
  }
  return doc.contents?.range?.[0] ?? 0;
}
