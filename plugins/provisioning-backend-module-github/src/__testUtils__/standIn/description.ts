import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

type Json = Record<string, any>;

/** GitHub's own description of its API, as npm has it. */
const description: Json = require('@octokit/openapi/generated/api.github.com.json');

const ajv = new Ajv({ strict: false, logger: false });
addFormats(ajv);
const ADDRESS = 'https://description/';

function resolve(node: Json): Json {
  const { $ref: ref } = node;
  if (!ref) return node;
  const found = String(ref)
    .slice(2)
    .split('/')
    .reduce((at, key) => at?.[key], description);
  if (!found) throw new Error(`The description has no ${ref}`);
  return resolve(found);
}

/** A schema of OpenAPI 3.0 as JSON Schema: there, null is a word of its own. */
function convert(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(convert);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, $ref: ref, example, ...rest } = node as Json;
  if (ref) {
    const name = String(ref).split('/').pop()!;
    addComponent(name);
    return { $ref: ADDRESS + name };
  }
  const schema = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      key === 'enum' || key === 'default' ? value : convert(value),
    ]),
  );
  return nullable ? { anyOf: [schema, { type: 'null' }] } : schema;
}

const added = new Set<string>();
function addComponent(name: string) {
  if (added.has(name)) return;
  added.add(name);
  const schema = convert(description.components.schemas[name]) as Json;
  ajv.addSchema({ ...schema, $id: ADDRESS + name });
}

const compiled = new Map<string, ValidateFunction>();
function faultOf(key: string, schema: Json, value: unknown) {
  const known = compiled.get(key) ?? ajv.compile(convert(schema) as Json);
  compiled.set(key, known);
  if (known(value)) return undefined;
  const [{ instancePath, message }] = known.errors!;
  return `${instancePath || '(all of it)'} ${message}`;
}

function operationOf(route: string): Json {
  const [method, path] = route.split(' ');
  const operation = description.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`GitHub's description has no ${route}`);
  return operation;
}

/** What a request has that its description does not, or the other way round. */
export function requestFaults(
  route: string,
  query: URLSearchParams,
  body: unknown,
): string[] {
  const operation = operationOf(route);
  const parameters = (operation.parameters ?? []).map(resolve) as Json[];
  const faults = [...query].flatMap(([name, text]) => {
    const known = parameters.find(
      each => each.in === 'query' && each.name === name,
    );
    if (!known) return [`${route}: no parameter ${name}`];
    const value = known.schema.type === 'integer' ? Number(text) : text;
    const fault = faultOf(`${route}?${name}`, known.schema, value);
    return fault ? [`${route}: ${name} ${fault}`] : [];
  });
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (body === undefined) {
    return operation.requestBody?.required
      ? [...faults, `${route}: a body is missing`]
      : faults;
  }
  if (!schema) return [...faults, `${route}: takes no body`];
  // The description lets unknown fields pass, GitHub ignores them: here they are mistakes.
  const known = Object.keys(resolve(schema).properties ?? {});
  const unknown = Object.keys(body as Json).filter(key => !known.includes(key));
  const fault = faultOf(`${route} body`, schema, body);
  return [
    ...faults,
    ...unknown.map(key => `${route}: no field ${key}`),
    ...(fault ? [`${route}: ${fault}`] : []),
  ];
}

/** Statuses that any operation may answer with, described there or not. */
const ANYWHERE = [301, 401, 403, 404, 409, 422, 429];

/** What an answer has that the description does not say. */
export function answerFaults(
  route: string,
  status: number,
  body: unknown,
): string[] {
  const described = operationOf(route).responses[status];
  if (!described) {
    if (status < 500 && !ANYWHERE.includes(status)) {
      return [`${route}: never answers ${status}`];
    }
    return [];
  }
  const schema = resolve(described).content?.['application/json']?.schema;
  if (!schema) return [];
  const fault = faultOf(`${route} ${status}`, schema, body);
  return fault ? [`${route} ${status}: ${fault}`] : [];
}

/** The description's own example of an answer, to be filled with what is so. */
export function exampleOf(route: string, status: number): any {
  const { content } = resolve(operationOf(route).responses[status]);
  const { examples } = content['application/json'];
  return structuredClone(resolve(Object.values<Json>(examples)[0]).value);
}

/** Whether the description knows a route. */
export function isDescribed(route: string): boolean {
  const [method, path] = route.split(' ');
  return Boolean(description.paths[path]?.[method.toLowerCase()]);
}
