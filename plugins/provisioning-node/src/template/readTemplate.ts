import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '@backstage/errors';
import {
  ANNOTATION_TEMPLATE_VERSION,
  CI_SYSTEMS,
  LANGUAGES,
  SERVICE_TYPES,
  templateRefSchema,
  type CiSystem,
  type Language,
  type ServiceType,
  type TemplateRef,
} from '@fawkes/backstage-plugin-provisioning-common';
import { parse } from 'yaml';
import { z } from 'zod';
import { digestOfBundle, type TemplateFiles } from '../render';
import { pinsSchema, type Pin } from './pins';
import { readTree } from './readTree';

/** What a template serves; annotations of its entity. @public */
export const ANNOTATION_SERVICE_TYPE = 'fawkes.dev/service-type';
/** See {@link ANNOTATION_SERVICE_TYPE}. @public */
export const ANNOTATION_SERVICE_LANGUAGE = 'fawkes.dev/service-language';
/** See {@link ANNOTATION_SERVICE_TYPE}. @public */
export const ANNOTATION_SERVICE_CI = 'fawkes.dev/service-ci';

/** A template, read from its folder. @public */
export interface ServiceTemplate {
  /** Name, version and tree hash: which template, exactly. */
  ref: TemplateRef;
  /** What people call it. */
  title: string;
  /** What it is for. */
  description: string;
  /** What it serves. */
  type: ServiceType;
  /** What its services are written in. */
  language: Language;
  /** What builds them. */
  ci: CiSystem;
  /** The Template entity, as `template.yaml` has it. */
  entity: TemplateEntityShape;
  /** The skeleton; paths are relative to it. */
  files: TemplateFiles;
  /** Images and actions it may use, each at one digest. */
  pins: readonly Pin[];
}

/** The shape of `template.yaml`. @public */
export const templateEntitySchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.literal('Template'),
  metadata: z.looseObject({
    name: templateRefSchema.shape.name,
    title: z.string().min(1).max(200),
    description: z.string().min(1).max(1_000),
    annotations: z.looseObject({
      [ANNOTATION_TEMPLATE_VERSION]: templateRefSchema.shape.version,
      [ANNOTATION_SERVICE_TYPE]: z.enum(SERVICE_TYPES),
      [ANNOTATION_SERVICE_LANGUAGE]: z.enum(LANGUAGES),
      [ANNOTATION_SERVICE_CI]: z.enum(CI_SYSTEMS),
    }),
  }),
});

/** `template.yaml`, as far as it is held to a shape; the rest of it is kept. @public */
export type TemplateEntityShape = z.infer<typeof templateEntitySchema>;

const SKELETON = 'skeleton/';

/**
 * Reads a template: `template.yaml` and the files below `skeleton/` of a folder,
 * and `pins.json` in it or beside it.
 *
 * @throws InputError when something is missing, wrong or over a bound
 * @public
 */
export async function readTemplate(
  directory: string,
): Promise<ServiceTemplate> {
  if (!(await isFolder(directory))) {
    throw new InputError(`There is no template folder ${directory}`);
  }
  const tree = await readTree(directory);
  const pinsBytes =
    tree.get('pins.json') ?? (await readBeside(directory, 'pins.json'));
  const entity = entityIn(tree);
  const { metadata } = entity;
  const files = new Map(
    [...tree].flatMap(([path, bytes]) =>
      path.startsWith(SKELETON) ? [[path.slice(SKELETON.length), bytes]] : [],
    ),
  );
  if (files.size === 0) {
    throw new InputError(`${metadata.name} has no files below ${SKELETON}`);
  }
  return {
    ref: {
      name: metadata.name,
      version: metadata.annotations[ANNOTATION_TEMPLATE_VERSION],
      treeHash: treeHashOf(tree, pinsBytes),
    },
    title: metadata.title,
    description: metadata.description,
    type: metadata.annotations[ANNOTATION_SERVICE_TYPE],
    language: metadata.annotations[ANNOTATION_SERVICE_LANGUAGE],
    ci: metadata.annotations[ANNOTATION_SERVICE_CI],
    entity,
    files,
    pins: pinsBytes ? pinsIn(pinsBytes) : [],
  };
}

function entityIn(tree: TemplateFiles) {
  const bytes = tree.get('template.yaml');
  if (!bytes) throw new InputError('There is no template.yaml');
  const read = templateEntitySchema.safeParse(
    orInputError('template.yaml', () => parse(text(bytes))),
  );
  if (read.success) return read.data;
  const [{ path, message }] = read.error.issues;
  throw new InputError(`template.yaml: ${path.join('.')}: ${message}`);
}

function pinsIn(bytes: Uint8Array): Pin[] {
  const read = pinsSchema.safeParse(
    orInputError('pins.json', () => JSON.parse(text(bytes))),
  );
  if (read.success) return read.data;
  const [{ path, message }] = read.error.issues;
  throw new InputError(`pins.json: ${path.join('.')}: ${message}`);
}

/** What the template consists of, pins included; ends of lines make no difference. */
function treeHashOf(tree: TemplateFiles, pins?: Uint8Array): string {
  const all = new Map(tree);
  if (pins) all.set('pins.json', pins);
  return digestOfBundle(
    new Map(
      [...all].map(([path, bytes]) => [
        path,
        { mode: '644', bytes: withoutReturns(bytes) },
      ]),
    ),
  );
}

/** A checkout may have put a CR before each LF of a text. */
function withoutReturns(bytes: Uint8Array): Uint8Array {
  return bytes.includes(0)
    ? bytes
    : bytes.filter(
        (byte, index) => !(byte === 0x0d && bytes[index + 1] === 0x0a),
      );
}

async function readBeside(
  directory: string,
  name: string,
): Promise<Uint8Array | undefined> {
  const parent = dirname(directory);
  const file = join(parent, name);
  const found = await stat(file).catch(absent);
  if (!found?.isFile()) return undefined;
  return Uint8Array.from(await readFile(file));
}

async function isFolder(directory: string): Promise<boolean> {
  return (await stat(directory).catch(absent))?.isDirectory() ?? false;
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function orInputError<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new InputError(`${path} cannot be read`, error);
  }
}
