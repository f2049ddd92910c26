import type { Endpoints } from '@octokit/types';
import { later, needsPerson } from '../api/endings';
import {
  entriesOf,
  headOf,
  lookAt,
  ourRepository,
  textOf,
  unexpected,
  whose,
} from '../api/look';
import { say } from '../words';
import { done, type Look, type Parts } from './parts';

/** How often GitHub is asked whether it has seen a workflow, and how far apart. */
const MOST_LOOKS = 20;
const BETWEEN_LOOKS = 3_000;
/** Turns that an effect of a pipeline may take. */
export const PIPELINE_TURNS = MOST_LOOKS + 10;

const FOLDER = '.github/workflows/';
const ROUTE = '/repos/{owner}/{repo}/actions/workflows/{workflow_id}' as const;
type Workflow = Endpoints[`GET ${typeof ROUTE}`]['response']['data'];

/** The pipeline of the rendered files is on the default branch, known to GitHub, and on. */
export function ensurePipeline(parts: Parts): Look {
  const { api, place, context } = parts;
  let switchedOn = false;
  let looks = 0;
  return async () => {
    const { repository, created, ensured } = await ourRepository(
      api,
      place,
      context,
    );
    const files = await workflowsOf(parts);
    await refuseAbsent(
      parts,
      repository.default_branch,
      files,
      ensured?.proposal,
    );
    if (!(await actionsAreOn(parts))) {
      const next = async () => {
        await switchActionsOn(parts);
        switchedOn = true;
      };
      return { next };
    }
    const waiting = await firstNotOn(parts, files);
    if (waiting) {
      const { file, workflow } = waiting;
      const unseen = () => say('github.ci_unseen', { file });
      if (!workflow && ++looks > MOST_LOOKS) throw later(unseen());
      const next = async () => {
        if (!workflow) return api.pause(BETWEEN_LOOKS, unseen);
        await enable(parts, file);
        switchedOn = true;
        return undefined;
      };
      return { next };
    }
    return done({
      origin: created || switchedOn ? 'created' : 'adopted',
      links: files.map(file => ({
        kind: 'pipeline',
        title: file,
        target: `${repository.html_url}/actions/workflows/${file}`,
      })),
      output: { workflows: files, switchedOn: created || switchedOn },
    });
  };
}

/** Switches our pipeline off; what it has run stays. */
export function removePipeline(parts: Parts): Look {
  const { api, place, context } = parts;
  return async () => {
    const looked = await lookAt(api, place);
    if (looked.state === 'absent') return done();
    const ours = await whose(api, place, context, looked);
    // An archived repository runs nothing.
    if (!ours || ours.repository.archived) return done();
    const before = context.outputOf('ci:ensure');
    const mine = before ? before.switchedOn === true : ours.created;
    if (!mine) return done({ note: say('github.ci_stays') });
    for (const file of await workflowsOf(parts)) {
      const workflow = await workflowOf(parts, file);
      if (workflow?.state !== 'active') continue;
      return { next: () => disable(parts, file) };
    }
    return done();
  };
}

/** Names of the workflow files among what is rendered. */
async function workflowsOf({ context }: Parts): Promise<string[]> {
  const files = await context.bundle();
  return files
    .map(({ path }) => path)
    .filter(path => path.startsWith(FOLDER) && /\.ya?ml$/.test(path))
    .map(path => path.slice(FOLDER.length));
}

/** The first workflow that is off, or that GitHub has not seen. */
async function firstNotOn(parts: Parts, files: readonly string[]) {
  for (const file of files) {
    const workflow = await workflowOf(parts, file);
    if (workflow?.state !== 'active') return { file, workflow };
  }
  return undefined;
}

async function refuseAbsent(
  { api, place }: Parts,
  branch: string,
  files: readonly string[],
  proposal: unknown,
): Promise<void> {
  const head = await headOf(api, place, branch);
  const entries = head ? await entriesOf(api, place, head.tree) : [];
  const paths = new Set(entries.map(({ path }) => path));
  const missing = files.find(file => !paths.has(`${FOLDER}${file}`));
  if (missing === undefined) return;
  const params = { file: `${FOLDER}${missing}`, branch };
  throw typeof proposal === 'string'
    ? needsPerson(say('github.waits_for_merge', params), {
        links: [
          { kind: 'pull-request', title: textOf(place), target: proposal },
        ],
      })
    : needsPerson(say('github.file_missing', params));
}

async function actionsAreOn({ api, place }: Parts): Promise<boolean> {
  const answer = await api.call(
    'GET /repos/{owner}/{repo}/actions/permissions',
    place,
  );
  if (answer.ok) return answer.data.enabled;
  throw unexpected(
    api,
    answer,
    'read whether pipelines may run in',
    textOf(place),
  );
}

async function switchActionsOn({ api, place }: Parts): Promise<void> {
  const answer = await api.call(
    'PUT /repos/{owner}/{repo}/actions/permissions',
    { ...place, enabled: true },
  );
  if (answer.ok) return;
  if ([403, 409, 422].includes(answer.status)) {
    const { owner } = place;
    const { message } = answer;
    throw needsPerson(say('github.ci_forbidden', { owner, message }));
  }
  throw unexpected(api, answer, 'let pipelines run in', textOf(place));
}

async function workflowOf(
  { api, place }: Parts,
  file: string,
): Promise<Workflow | undefined> {
  const answer = await api.call(`GET ${ROUTE}`, {
    ...place,
    workflow_id: file,
  });
  if (answer.ok) {
    return answer.data.state === 'deleted' ? undefined : answer.data;
  }
  if (answer.status === 404) return undefined;
  throw unexpected(api, answer, 'look at the pipeline', file);
}

async function enable({ api, place }: Parts, file: string): Promise<void> {
  const answer = await api.call(`PUT ${ROUTE}/enable`, {
    ...place,
    workflow_id: file,
  });
  if (answer.ok) return;
  throw unexpected(api, answer, 'switch on the pipeline', file);
}

async function disable({ api, place }: Parts, file: string): Promise<void> {
  const answer = await api.call(`PUT ${ROUTE}/disable`, {
    ...place,
    workflow_id: file,
  });
  if (answer.ok || answer.status === 404) return;
  throw unexpected(api, answer, 'switch off the pipeline', file);
}
