import {
  LineCounter,
  parseDocument,
  visit,
  isMap,
  isScalar,
  isSeq,
} from 'yaml';
import type { Document, Node } from 'yaml';

/** A text of `template.yaml`, and the line it begins in. */
export interface EntityText {
  text: string;
  line: number;
}

/** A step, as far as rules ask for it. */
export interface Step {
  id: string | undefined;
  action: string;
  line: number;
  input: Record<string, unknown>;
}

/** A parameter of the form. */
export interface Parameter {
  name: string;
  line: number;
  /** Whether it holds a reference to an entity. */
  isRef: boolean;
}

/** `template.yaml`, with lines. */
export interface TemplateEntity {
  apiVersion: unknown;
  apiVersionLine: number;
  name: string;
  version: unknown;
  versionLine: number;
  texts: EntityText[];
  parameters: Parameter[];
  /** Part of the form is in another file, so that not all parameters are known. */
  parametersElsewhere: boolean;
  steps: Step[];
  /** Line of the value at a path; 1 where there is none. */
  lineOf(path: (string | number)[]): number;
}

const REF_FIELDS = [
  'OwnerPicker',
  'EntityPicker',
  'OwnedEntityPicker',
  'MultiEntityPicker',
  'MyGroupsPicker',
];

/** Reads `template.yaml`; undefined where it is no YAML mapping. */
export function readEntity(source: string): TemplateEntity | undefined {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  const lineOfNode = (node: Node | null | undefined) =>
    node?.range ? lines.linePos(node.range[0]).line : 1;
  const lineOf = (path: (string | number)[]) =>
    lineOfNode(document.getIn(path, true) as Node | undefined);
  const versionAt = ['metadata', 'annotations', 'fawkes.dev/template-version'];
  return {
    apiVersion: document.getIn(['apiVersion']),
    apiVersionLine: lineOf(['apiVersion']),
    name: String(document.getIn(['metadata', 'name']) ?? ''),
    version: document.getIn(versionAt),
    versionLine: lineOf(versionAt),
    texts: textsOf(document, lineOfNode),
    ...parametersOf(document, lineOfNode),
    steps: stepsOf(document, lineOf),
    lineOf,
  };
}

function textsOf(
  document: Document,
  lineOfNode: (node: Node) => number,
): EntityText[] {
  const texts: EntityText[] = [];
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value !== 'string') return;
      const block = node.type?.startsWith('BLOCK') ? 1 : 0;
      texts.push({ text: node.value, line: lineOfNode(node) + block });
    },
  });
  return texts;
}

function parametersOf(
  document: Document,
  lineOfNode: (node: Node) => number,
): Pick<TemplateEntity, 'parameters' | 'parametersElsewhere'> {
  const parameters: Parameter[] = [];
  let parametersElsewhere = false;
  const walk = (node: unknown): void => {
    if (isSeq(node)) node.items.forEach(walk);
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      const word = isScalar(key) ? String(key.value) : '';
      if (['$yaml', '$json', '$text', '$ref'].includes(word)) {
        parametersElsewhere = true;
      } else if (word === 'properties' && isMap(value)) {
        for (const property of value.items) {
          if (isScalar(property.key)) {
            parameters.push({
              name: String(property.key.value),
              line: lineOfNode(property.key),
              isRef: isRefField(property.value),
            });
          }
        }
      } else if (word === 'dependencies' && isMap(value)) {
        value.items.forEach(item => walk(item.value));
      } else if (
        ['oneOf', 'anyOf', 'allOf', 'then', 'else', 'if'].includes(word)
      ) {
        walk(value);
      }
    }
  };
  walk(document.getIn(['spec', 'parameters'], true));
  return { parameters, parametersElsewhere };
}

function isRefField(node: unknown): boolean {
  if (!isMap(node)) return false;
  return (
    REF_FIELDS.includes(String(node.get('ui:field'))) ||
    REF_FIELDS.includes(String(node.getIn(['items', 'ui:field'])))
  );
}

function stepsOf(document: Document, lineOf: TemplateEntity['lineOf']): Step[] {
  const steps: unknown = document.getIn(['spec', 'steps'], true);
  if (!isSeq(steps)) return [];
  return steps.items.flatMap((node, index) => {
    if (!isMap(node)) return [];
    const id = node.get('id');
    const read: unknown = node.toJSON();
    const input =
      typeof read === 'object' && read !== null && 'input' in read
        ? read.input
        : undefined;
    return [
      {
        id: typeof id === 'string' ? id : undefined,
        action: String(node.get('action') ?? ''),
        line: lineOf(['spec', 'steps', index]),
        input: isRecord(input) ? input : {},
      },
    ];
  });
}

/** An object with keys. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
