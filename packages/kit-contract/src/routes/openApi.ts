import { z } from 'zod';
import { codedShape } from '../words';
import { paramsOf, type Route, type Routes } from './route';

/** A JSON object of the document. @public */
export type OpenApiJson = Record<string, unknown>;

/** What a family says about its API. @public */
export interface OpenApiInfo {
  /** Name of the API. */
  title: string;
  /** What it is for; Markdown. */
  description: string;
  /** Version of the API, not of the package. */
  version: string;
  /** Where the routes are served, e.g. `/api/lists`. */
  server: string;
  /** Schemas that bodies refer to by `#/components/schemas/<name>`. */
  schemas?: Readonly<Record<string, z.ZodType>>;
}

const ERROR = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['name', 'message'],
      properties: {
        name: { type: 'string' },
        message: { type: 'string' },
        ...(schemaOf(z.object(codedShape), 'output').properties as OpenApiJson),
      },
    },
  },
};

/**
 * The OpenAPI 3.1 document of routes. JSON Schema 2020-12, as zod writes it:
 * what a query or body may be before its defaults, what an answer is.
 * @public
 */
export function openApiOf(info: OpenApiInfo, routes: Routes): OpenApiJson {
  const paths: Record<string, OpenApiJson> = {};
  for (const route of Object.values(routes)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(route, path) };
  }
  const named = Object.entries(info.schemas ?? {});
  return {
    openapi: '3.1.0',
    info: {
      title: info.title,
      version: info.version,
      description: info.description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: info.server }],
    security: [{ backstage: [] }],
    paths,
    components: {
      securitySchemes: { backstage: { type: 'http', scheme: 'bearer' } },
      schemas: {
        ...Object.fromEntries(
          named.map(([name, schema]) => [name, schemaOf(schema, 'input')]),
        ),
        Error: ERROR,
      },
    },
  };
}

const REFUSED = {
  description: 'Refused; the message says what was wrong and where',
  content: {
    'application/json': { schema: { $ref: '#/components/schemas/Error' } },
  },
};

const AWAY = {
  description:
    'Something this needs is away; Retry-After says in how many seconds to ask again',
  headers: { 'Retry-After': { schema: { type: 'integer' } } },
  content: REFUSED.content,
};

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): OpenApiJson {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    unrepresentable: 'any',
    io,
  });
  return rest;
}

function operationOf(route: Route, path: string): OpenApiJson {
  const status = route.status ?? (route.answer || route.bytes ? 200 : 204);
  const inPath = paramsOf(route).map(name => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  return {
    operationId: `${route.method}${path
      .replace(/\{(\w+)\}/g, '$1')
      .replace(/(^|\/)(\w)/g, (_, __, letter: string) =>
        letter.toUpperCase(),
      )}`,
    summary: route.summary,
    ...(route.who.includes('anybody') ? { security: [] } : {}),
    parameters: [...inPath, ...queryParameters(route.query)],
    ...requestBody(route),
    responses: {
      [status]: { description: 'Done', ...answered(route) },
      '4XX': REFUSED,
      503: AWAY,
    },
  };
}

function answered({ answer, csv, bytes }: Route): OpenApiJson {
  if (bytes) {
    const schema = { type: 'string', format: 'binary' };
    return { content: { 'application/octet-stream': { schema } } };
  }
  if (!answer) return {};
  return {
    content: {
      'application/json': { schema: schemaOf(answer, 'output') },
      ...(csv ? { 'text/csv': { schema: { type: 'string' } } } : {}),
    },
  };
}

function requestBody({ body, raw }: Route): OpenApiJson {
  if (!body && !raw) return {};
  const content = body ? { 'application/json': body } : raw!.content;
  return {
    requestBody: {
      required: true,
      content: Object.fromEntries(
        Object.entries(content).map(([type, schema]) => [
          type,
          {
            schema:
              '_zod' in schema
                ? schemaOf(schema as z.ZodType, 'input')
                : schema,
          },
        ]),
      ),
    },
  };
}

function queryParameters(query: z.ZodObject | undefined): OpenApiJson[] {
  if (!query) return [];
  const { properties = {}, required = [] } = schemaOf(query, 'input') as {
    properties?: Record<string, OpenApiJson>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
    ...(schema.type === 'array' ? { style: 'form', explode: true } : {}),
  }));
}
