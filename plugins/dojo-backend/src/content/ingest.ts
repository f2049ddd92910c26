import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import type { DojoRevisionEvent } from '@fawkes/backstage-plugin-dojo-common';
import {
  lintCurriculum,
  readCurriculum,
  splitCurriculum,
  type Files,
  type Finding,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import type { DojoCheck } from '@fawkes/backstage-plugin-dojo-node';
import { inTransaction, insertRows, lock } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { tables } from '../store/tables';
import { digestOf } from './fileSource';
import type { ContentSource } from './source';

/** Part of what a source is remembered by: other rules look at it anew. */
const RULES_VERSION = '3';

/** What ingesting needs. */
export interface IngestDeps {
  db: Knex;
  logger: LoggerService;
  now(): number;
  publish(news: DojoRevisionEvent): Promise<void>;
  /** Params of the checks this portal can make, by their type. */
  checks: ReadonlyMap<string, DojoCheck>;
}

/**
 * Looks at a source and publishes what is new in it, whole or not at all: a
 * curriculum with an error leaves the revision before it in place.
 *
 * @returns whether there is a new revision
 */
export async function ingest(
  source: ContentSource,
  deps: IngestDeps,
): Promise<boolean> {
  const { db, logger, now } = deps;
  const known = await db(tables.sources.name).where({ id: source.id }).first();
  const prefix = `${RULES_VERSION} `;
  const etag = known?.etag?.startsWith(prefix)
    ? known.etag.slice(prefix.length)
    : undefined;
  let state;
  try {
    state = await source.read(etag);
  } catch (error) {
    const message = isError(error) ? error.message : String(error);
    logger.warn(`The source '${source.id}' could not be read: ${message}`);
    return false;
  }
  if (!state) return false;
  const { news, problems, curriculum } = await publishFiles(
    source.id,
    state.files,
    deps,
  );
  for (const { rule, severity, path, line, message } of problems) {
    const said = `${source.id}: ${path}:${line} ${rule}: ${message}`;
    if (severity === 'error') logger.error(said);
    else logger.warn(said);
  }
  await insertRows(
    db,
    tables.sources,
    [
      {
        id: source.id,
        etag: `${prefix}${state.etag}`,
        curriculum_id: curriculum ?? known?.curriculum_id ?? null,
        checked_at: now(),
        problems: JSON.stringify(problems),
      },
    ],
    { update: ['etag', 'curriculum_id', 'checked_at', 'problems'] },
  );
  if (news) await deps.publish(news);
  return news !== undefined;
}

async function publishFiles(
  source: string,
  files: Files,
  { db, now, checks }: IngestDeps,
): Promise<{
  news?: DojoRevisionEvent;
  curriculum?: string;
  problems: Finding[];
}> {
  const id = readCurriculum(files).curriculum.head?.value.id;
  const { curriculum, findings, publishable } = lintCurriculum(files, {
    published: id ? await publishedFiles(db, id) : undefined,
    checks: new Map([...checks].map(([type, { params }]) => [type, params])),
    now: now(),
  });
  if (!publishable || !id) return { problems: findings };
  const split = splitCurriculum(curriculum);
  const digest = digestOf(files);
  const { version } = split.published;
  const isNew = await inTransaction(db, async tx => {
    await lock(tx, [`curriculum ${id}`], 'alone');
    const current = await tx(tables.curricula.name).where({ id }).first();
    if (current && current.source !== source) return undefined;
    const same = await tx(tables.revisions.name)
      .where({ curriculum_id: id, digest })
      .first('id');
    const revision: string = same?.id ?? randomUUID();
    if (!same) {
      await insertRows(tx, tables.revisions, [
        {
          id: revision,
          curriculum_id: id,
          version,
          digest,
          published_at: now(),
          content: JSON.stringify(split.published),
        },
      ]);
      await insertRows(tx, tables.revisionKeys, [
        {
          revision_id: revision,
          keys: JSON.stringify(split.keys),
          labs: JSON.stringify(split.labKeys),
          files: JSON.stringify([...files]),
        },
      ]);
    }
    await insertRows(
      tx,
      tables.curricula,
      [{ id, source, revision_id: revision }],
      { update: ['revision_id'] },
    );
    return current?.revision_id !== revision;
  });
  if (isNew === undefined) {
    const taken: Finding = {
      rule: 'id-duplicate',
      severity: 'error',
      path: 'dojo.yaml',
      line: curriculum.head!.lineOf(['id']),
      message:
        'another source has a curriculum of this id; give it one of its own',
    };
    return { problems: [...findings, taken] };
  }
  return {
    problems: findings,
    curriculum: id,
    news: isNew ? { curriculum: id, version, digest } : undefined,
  };
}

async function publishedFiles(
  db: Knex,
  id: string,
): Promise<Files | undefined> {
  const row = await db(tables.curricula.name)
    .join('revision_keys', 'revision_keys.revision_id', 'curricula.revision_id')
    .where('curricula.id', id)
    .first('revision_keys.files');
  return row && new Map<string, string>(JSON.parse(row.files));
}

/** Refuses checks whose type another module has brought already. */
export function refuseTwice(known: ReadonlyMap<string, unknown>, type: string) {
  if (known.has(type)) {
    throw new InputError(`A dojo check of type '${type}' is installed already`);
  }
}
