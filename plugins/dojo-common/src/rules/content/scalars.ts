import { z } from 'zod';

/** Schemas of scalars, which arrive as their source text. JSON Schema says it in its own types. */
export const jsonTypes = new WeakMap<z.core.$ZodType, object>();

function scalar<S extends z.ZodType>(schema: S, json: object): S {
  jsonTypes.set(schema, json);
  return schema;
}

/** A whole number from 0 on. */
export const whole = scalar(
  z.string().regex(/^\d{1,9}$/, 'must be a whole number'),
  { type: ['integer', 'string'], minimum: 0, pattern: '^\\d{1,9}$' },
);
/** A decimal number, quoted or not, never a float. */
export const decimal = scalar(
  z
    .string()
    .max(100)
    .regex(/^-?\d{1,50}(\.\d{1,50})?$/, 'must be a number like 12 or 66.67'),
  {
    type: ['number', 'string'],
    pattern: '^-?\\d{1,50}(\\.\\d{1,50})?$',
  },
);
/** True or false. */
export const flag = scalar(z.enum(['true', 'false']), { type: 'boolean' });

/** A name that is unique in its file. */
export const word = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    'must be a name of small letters, digits and dashes',
  );
/** An id that never changes. */
export const uuid = z
  .string()
  .regex(
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    'must be a UUID in small letters',
  );
/** A version that says all three numbers. */
export const semver = z
  .string()
  .max(64)
  .regex(
    /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$/,
    'must be a full semantic version like 1.0.0',
  );
/** A line of text. */
export const line = z.string().min(1).max(300);
/** A text in Markdown. */
export const prose = z.string().min(1).max(8_000);
