// Changes that sample people ask for and decide: now, through the public API, signed in as themselves.
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../../lib/problem.mjs';
import { CHANGES } from './changes.mjs';

const PLUGIN = 'cab';
/** The risk is made of what delivery knows too. */
export const after = ['delivery'];

/** What still wants something, or was decided as the story has it. */
const STANDING = [
  'draft',
  'evidence_pending',
  'peer_review',
  'board_review',
  'approved',
  'rejected',
];
const CATALOG_MS = 90_000;

/** Each person's own way into the portal, asked for once. */
function people(portal) {
  const known = new Map();
  return async ref => {
    if (!known.has(ref)) known.set(ref, (await portal.as(ref)).of(PLUGIN));
    return known.get(ref);
  };
}

/** Votes cannot be sent with a token of a service, so without sample people there is no chapter. */
async function peopleSignIn({ baseUrl }) {
  const response = await fetch(`${baseUrl}/api/auth/fawkes-dev/refresh`);
  return response.status !== 404;
}

const changesOf = async (api, { entityRef, headSha }) => {
  const query = new URLSearchParams({ entityRef, limit: '100' });
  const { items } = await api.get(`/changes?${query}`);
  return items.filter(each => each.sample && each.headSha === headSha);
};

export async function reasonToKeepQuiet(portal) {
  if (!(await peopleSignIn(portal))) return undefined;
  const api = await people(portal)(CHANGES[0].by);
  for (const change of CHANGES) {
    if ((await changesOf(api, change)).length === 0) return undefined;
  }
  return 'The changes of the sample story are told already';
}

export async function tell(portal, line) {
  if (!(await peopleSignIn(portal))) {
    return 'The changes of the sample story are left out: they are made by sample people, who sign in to a portal for development only';
  }
  const as = people(portal);
  for (const change of CHANGES) {
    line.show(`Changes: ${change.title}`);
    await untilInCatalog(portal, change);
    await play(as, change);
  }
  return `The changes of the sample story are told: ${CHANGES.length}, each asked for and decided by sample people`;
}

/** Asks for one and has it voted on, as far as that has not happened yet. */
async function play(as, { by, votes, evidence = [], ...asked }) {
  const api = await as(by);
  const [there] = (await changesOf(api, asked)).filter(({ state }) =>
    STANDING.includes(state),
  );
  const { id } =
    there ??
    (await api.post('/changes', JSON.stringify({ ...asked, sample: true })));
  let change = await api.get(`/changes/${id}`);
  if (['draft', 'evidence_pending'].includes(change.state)) {
    // What is attached already is left as it is.
    for (const [kind, piece] of evidence) {
      await api.post(
        `/changes/${id}/evidence?kind=${kind}`,
        JSON.stringify(piece),
      );
    }
    const { revision } = await api.get(`/changes/${id}`);
    change = await api.post(
      `/changes/${id}/submit`,
      JSON.stringify({ revision }),
    );
  }
  for (const [voter, decision, reason] of votes[change.state] ?? []) {
    const hasVoted = change.votes.some(
      ({ userRef, state }) => userRef === voter && state === 'live',
    );
    if (hasVoted || !change.binding) continue;
    change = await (
      await as(voter)
    ).post(
      `/changes/${id}/votes`,
      JSON.stringify({ ...change.binding, decision, reason }),
    );
  }
}

/** A portal that has just started is still reading its catalog. */
async function untilInCatalog(portal, { by, entityRef }) {
  const catalog = (await portal.as(by)).of('catalog');
  const [kind, name] = entityRef.split(':');
  const [namespace, own] = name.split('/');
  const query = new URLSearchParams({
    filter: `kind=${kind},metadata.namespace=${namespace},metadata.name=${own}`,
  });
  const deadline = Date.now() + CATALOG_MS;
  for (;;) {
    const { items } = await catalog.get(`/entities/by-query?${query}`);
    if (items.length > 0) return;
    if (Date.now() > deadline) {
      throw new Problem(`The catalog does not know ${entityRef}.`, [
        'The story is about the sample organisation: is its location in catalog.locations?',
      ]);
    }
    await sleep(1_000);
  }
}

/** The record is only added to: what can be withdrawn is, and the rest stays with its label. */
export async function takeBack(portal) {
  if (!(await peopleSignIn(portal))) {
    return 'There are no changes of the sample story to withdraw';
  }
  const as = people(portal);
  let withdrawn = 0;
  for (const change of CHANGES) {
    const api = await as(change.by);
    for (const { id } of await changesOf(api, change)) {
      const { mine } = await api.get(`/changes/${id}`);
      if (mine.withdraw !== null) continue;
      const reason = 'The sample story is removed';
      await api.post(`/changes/${id}/withdraw`, JSON.stringify({ reason }));
      withdrawn++;
    }
  }
  return `Of the changes of the sample story ${withdrawn} were withdrawn; the record keeps all of them, labelled as a sample`;
}

export function rehearse() {
  const text = CHANGES.map(
    ({ title, entityRef, environment, by }) =>
      `${title} (${entityRef}, ${environment}), asked for by ${by}`,
  ).join('\n');
  return { text: `Changes, made now by sample people:\n${text}`, events: [] };
}
