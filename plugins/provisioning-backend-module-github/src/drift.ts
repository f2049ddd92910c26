import type { DriftResponse } from '@fawkes/backstage-plugin-provisioning-common';
import {
  driftWord,
  type GithubDeed,
  type Managed,
  type RenderedFile,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import {
  FILES_WITH_FIELDS,
  isManaged,
  managedThings,
  type WrittenBefore,
} from '@fawkes/backstage-plugin-provisioning-node';
import type { Said } from '@fawkes/kit-contract';
import { Ending } from './api/endings';
import type { GithubApi } from './api/githubApi';
import {
  entriesOf,
  findOurs,
  headOf,
  lookAt,
  readBlob,
  textOf,
  type GithubRepository,
  type Place,
} from './api/look';
import type { Protection } from './config';
import { protectionOf, sameAs } from './effects/protect';
import { blobId, type GitEntry } from './git/objects';
import { say } from './words';

type Drift = Omit<DriftResponse, 'asOf'>;
type Other = Drift['files'][number];

/** What is compared. */
export interface DriftParts {
  api: GithubApi;
  place: Place;
  requestId: string;
  protection: Protection | undefined;
  known: WrittenBefore;
}

/**
 * How a repository compares with what the portal made of it: whether it is still
 * that one and can be pushed to, its default branch, what protects it, and the
 * files that are the template's to look after.
 *
 * @throws Outage and Ending where it cannot be looked at
 */
export async function driftOn(parts: DriftParts): Promise<Drift> {
  const { api, place, known } = parts;
  const ensured = known.outputOf('repo:ensure');
  const newest = await known.written();
  const from = newest?.version ?? known.newest?.version ?? '–';
  const versions = { from, to: known.newest?.version ?? from };
  const unreachable = () =>
    driftWord({ reachable: false, managed: [], versions });
  if (!ensured) return unreachable();
  const broken = (path: string, reason: Said) =>
    driftWord({
      reachable: true,
      managed: [],
      versions,
      others: [{ path, word: 'broken', reason }],
    });

  const looked = await lookAt(api, place);
  const repository = textOf(place);
  switch (looked.state) {
    case 'absent':
      return broken(repository, say('github.gone', { repository }));
    case 'moved': {
      const { message } = looked;
      return broken(repository, say('github.moved', { repository, message }));
    }
    case 'forbidden': {
      const { message } = looked;
      const what: GithubDeed = 'look at';
      const reason = say('github.forbidden', {
        what,
        target: repository,
        message,
      });
      return { ...unreachable(), reason };
    }
    default:
  }
  if (looked.repository.id !== ensured.repositoryId) {
    return broken(repository, say('github.not_ours', { repository }));
  }
  const others: Other[] = [];
  if (looked.repository.archived) {
    const reason = say('github.drift_archived', { repository });
    others.push({ path: repository, word: 'broken', reason });
  }
  const branch = String(ensured.branch ?? looked.repository.default_branch);
  others.push(...(await branchDrift(parts, branch, looked.repository)));
  others.push(...(await protectionDrift(parts, branch)));
  const files = await filesOn(parts, looked.repository.default_branch);
  return driftWord({
    reachable: true,
    managed: files?.managed ?? [],
    others,
    versions: { from: files?.version ?? from, to: versions.to },
  });
}

async function branchDrift(
  { api, place }: DriftParts,
  branch: string,
  { default_branch: found }: GithubRepository,
): Promise<Other[]> {
  if (found === branch) return [];
  const path = `${textOf(place)}#default_branch`;
  // The catalog was told to read the service from where it was written.
  return (await headOf(api, place, branch))
    ? [
        {
          path,
          word: 'changed_by_people',
          reason: say('github.drift_branch', { branch, found }),
        },
      ]
    : [
        {
          path,
          word: 'broken',
          reason: say('github.drift_branch_gone', { branch, found }),
        },
      ];
}

/** Only what we protected: what others set up is theirs to change. */
async function protectionDrift(
  { api, place, protection, known }: DriftParts,
  branch: string,
): Promise<Other[]> {
  const before = known.outputOf('repo:protect');
  if (before?.protection !== 'made' || !protection) return [];
  const path = `${textOf(place)}#protection`;
  try {
    const found = await protectionOf({ api, place }, branch);
    if (!found) {
      const reason = say('github.drift_unprotected', { branch });
      return [{ path, word: 'broken', reason }];
    }
    if (sameAs(found, protection)) return [];
    const reason = say('github.drift_protection', { branch });
    return [{ path, word: 'changed_by_people', reason }];
  } catch (error) {
    if (!(error instanceof Ending)) throw error;
    return [{ path, word: 'unknown', reason: error.result.reason }];
  }
}

/** The template's files on the default branch; undefined where nothing of ours is in it. */
async function filesOn(
  { api, place, requestId, known }: DriftParts,
  branch: string,
): Promise<{ managed: Managed[]; version: string } | undefined> {
  const head = await headOf(api, place, branch);
  if (!head) return undefined;
  // An update that waits for its review was not written yet.
  const ours = await findOurs(api, place, head.sha, requestId);
  const written = ours && (await known.written(ours.bundle));
  if (!written) return undefined;
  const wanted = known.newest?.files ?? written.files;
  const entries = await entriesOf(api, place, head.tree);
  return {
    version: written.version,
    managed: managedThings({
      written: bytesOf(written.files),
      wanted: bytesOf(wanted),
      found: await filesFound(entries, [...written.files, ...wanted], sha =>
        readBlob(api, place, sha),
      ),
    }),
  };
}

function bytesOf(files: readonly RenderedFile[]): Map<string, Uint8Array> {
  return new Map(files.map(({ path, bytes }) => [path, bytes]));
}

/**
 * The files that are compared. What is as somebody's we know is not asked for, and
 * of a pipeline that is another one its id is enough.
 */
async function filesFound(
  entries: readonly GitEntry[],
  known: readonly RenderedFile[],
  read: (sha: string) => Promise<Uint8Array>,
): Promise<Map<string, Uint8Array>> {
  const ours = new Map(
    known
      .filter(({ path }) => isManaged(path))
      .map(({ bytes }) => [blobId(bytes), bytes]),
  );
  const files = new Map<string, Uint8Array>();
  for (const { path, sha } of entries) {
    if (!isManaged(path)) continue;
    const bytes = ours.get(sha);
    if (bytes) files.set(path, bytes);
    else if (FILES_WITH_FIELDS.includes(path)) files.set(path, await read(sha));
    else files.set(path, Buffer.from(sha));
  }
  return files;
}
