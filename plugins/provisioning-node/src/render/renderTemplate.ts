import { InputError } from '@backstage/errors';
import {
  filePathSchema,
  MAX_FILES,
} from '@fawkes/backstage-plugin-provisioning-common';
import { compareCodePoints } from '@fawkes/backstage-plugin-provisioning-common/rules';
import {
  createTemplateRenderer,
  TemplateLimitError,
  TemplateRenderError,
  type TemplateContext,
  type TemplateValue,
} from 'nunjitsu';
import type { Bundle, BundleFile } from './bundle';
import { lineAt } from './expressions';
import { referencesOf } from './references';

/** Files of a skeleton: path to bytes. @public */
export type TemplateFiles = ReadonlyMap<string, Uint8Array>;

/** What a skeleton is filled with; read as `values.…` in it. @public */
export type TemplateValues = Readonly<Record<string, TemplateValue>>;

/** Most bytes of one rendered file (1 MiB). @public */
export const MAX_FILE_BYTES = 1024 * 1024;
/** Most bytes of a rendered tree (16 MiB). @public */
export const MAX_TREE_BYTES = 16 * 1024 * 1024;

/** Renders one text of a template, of which `path` and a line tell the place. */
type Render = (text: string, path: string) => string;

/**
 * Renders a skeleton with the engine of Backstage's scaffolder, without its
 * leniency: a value that was not passed, a name that nobody knows and an
 * expression that fails are refused with file and line instead of leaving a gap.
 *
 * Same files and values, same bytes: there is no clock, no chance and no locale
 * in it, lines end in LF, paths are sorted, and whether a file is executable is
 * told by its first two bytes, `#!`, because packing and umask change modes.
 *
 * @throws InputError when the skeleton and the values do not fit
 * @public
 */
export function renderTemplate(
  files: TemplateFiles,
  values: TemplateValues,
): Bundle {
  if (files.size > MAX_FILES) {
    throw new InputError(`A template may have at most ${MAX_FILES} files`);
  }
  const render = strictRenderer(values);
  const rendered: [string, BundleFile][] = [];
  const seen = new Map<string, string>();
  let total = 0;
  for (const [source, content] of files) {
    const path = render(source, source);
    // As the scaffolder does: a name that renders to nothing leaves the file out.
    if (path.split('/').includes('')) continue;
    const fault = filePathSchema.safeParse(path).error;
    if (fault) {
      throw new InputError(
        `${source}: ${JSON.stringify(path)} ${fault.issues[0].message}`,
      );
    }
    const folded = path.normalize('NFC').toLowerCase();
    const twin = seen.get(folded);
    if (twin !== undefined) {
      throw new InputError(
        `${source}: ${path} is one file with ${twin} where case is not told apart`,
      );
    }
    seen.set(folded, path);
    const bytes = isBinary(content)
      ? Uint8Array.from(content)
      : new TextEncoder().encode(render(textOf(content, source), source));
    total += bytes.length;
    if (bytes.length > MAX_FILE_BYTES || total > MAX_TREE_BYTES) {
      throw new InputError(
        `${source}: a file may have ${MAX_FILE_BYTES} bytes, all of them ${MAX_TREE_BYTES}`,
      );
    }
    rendered.push([path, { mode: modeOf(bytes), bytes }]);
  }
  rendered.sort(([a], [b]) => compareCodePoints(a, b));
  return new Map(rendered);
}

function strictRenderer(values: TemplateValues): Render {
  const engine = createTemplateRenderer();
  const context = engine.prepareContext({ values } satisfies TemplateContext);
  return (text, path) => {
    refuseUnknown(text, path, values);
    try {
      return toLf(engine.render(text, context));
    } catch (error) {
      if (
        error instanceof TemplateRenderError ||
        error instanceof TemplateLimitError
      ) {
        throw new InputError(
          `${path}:${error.line ?? 1}: ${error.message}`,
          error,
        );
      }
      throw error;
    }
  };
}

function refuseUnknown(text: string, path: string, values: TemplateValues) {
  for (const { root, path: keys, guarded, offset } of referencesOf(text)) {
    const place = () => `${path}:${lineAt(text, offset)}`;
    if (root !== 'values') {
      throw new InputError(
        `${place()}: ${root} is nothing that a template is given; what another tool shall read goes between {% raw %} and {% endraw %}`,
      );
    }
    if (!guarded && !hasValue(values, keys)) {
      throw new InputError(
        `${place()}: ${['values', ...keys].join('.')} was not passed`,
      );
    }
  }
}

/** Whether a path leads to something, be it null. */
function hasValue(values: TemplateValues, keys: readonly string[]): boolean {
  let here: unknown = values;
  for (const key of keys) {
    if (typeof here === 'string' || Array.isArray(here)) {
      return key === 'length' || Object.hasOwn(Object(here), key);
    }
    if (typeof here !== 'object' || here === null) return false;
    if (!Object.hasOwn(here, key)) return false;
    here = (here as Record<string, unknown>)[key];
  }
  return here !== undefined;
}

/** No text file has a NUL in it. */
function isBinary(content: Uint8Array): boolean {
  return content.includes(0);
}

function textOf(content: Uint8Array, path: string): string {
  try {
    return toLf(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch (error) {
    throw new InputError(`${path} is not UTF-8`, error);
  }
}

function toLf(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function modeOf(bytes: Uint8Array): '644' | '755' {
  return bytes[0] === 0x23 && bytes[1] === 0x21 ? '755' : '644';
}
