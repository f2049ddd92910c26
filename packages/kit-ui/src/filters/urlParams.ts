import { z } from 'zod';

/**
 * What may stand in an address: one field per parameter. A field that may
 * repeat is an array of texts; every other reads one text.
 * @public
 */
export type UrlShape = z.ZodRawShape;

/** The values an address of this shape holds. @public */
export type UrlParams<S extends UrlShape> = z.output<z.ZodObject<S>>;

/** What is shown where the address is silent; `undefined` or left out = nothing. @public */
export type UrlDefaults<S extends UrlShape> = UrlParams<S>;

/** Whether an address says anything about these parameters. @public */
export function hasUrlParams<S extends UrlShape>(
  search: URLSearchParams,
  schema: z.ZodObject<S>,
): boolean {
  return Object.keys(schema.shape).some(name => search.has(name));
}

/**
 * Reads the parameters out of an address. It can be edited by hand or be old:
 * what makes no sense is as if it were not there, rather than an error.
 * @public
 */
export function readUrlParams<S extends UrlShape>(
  search: URLSearchParams,
  schema: z.ZodObject<S>,
  defaults: UrlDefaults<S>,
): UrlParams<S> {
  const read: Record<string, unknown> = { ...defaults };
  for (const [name, field] of Object.entries(schema.shape)) {
    const said = search.getAll(name);
    if (said.length === 0) continue;
    const parsed = z.safeParse(field, repeats(defaults, name) ? said : said[0]);
    if (parsed.success) read[name] = parsed.data;
  }
  return read as UrlParams<S>;
}

/**
 * Writes the parameters into an address; those of others stay. Defaults are
 * left out, so that a plain address is a plain view. Only where nothing would
 * be left is one of them said: silence means "as last time".
 * @public
 */
export function writeUrlParams<S extends UrlShape>(
  search: URLSearchParams,
  schema: z.ZodObject<S>,
  defaults: UrlDefaults<S>,
  params: UrlParams<S>,
): URLSearchParams {
  const next = new URLSearchParams(search);
  const names = Object.keys(schema.shape);
  names.forEach(name => next.delete(name));
  const at = (from: object, name: string) =>
    textsOf((from as Record<string, unknown>)[name]);
  for (const name of names) {
    const texts = at(params, name);
    if (texts.join('\n') !== at(defaults, name).join('\n')) {
      texts.forEach(text => next.append(name, text));
    }
  }
  if (!hasUrlParams(next, schema)) {
    const first = names.find(name => at(defaults, name).length > 0);
    if (first) at(defaults, first).forEach(text => next.append(first, text));
  }
  return next;
}

function repeats(defaults: object, name: string): boolean {
  return Array.isArray((defaults as Record<string, unknown>)[name]);
}

function textsOf(value: unknown): string[] {
  if (value === undefined || value === null || value === '') return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
