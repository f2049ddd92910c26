import { defineRoute } from '@fawkes/kit-contract';
import {
  cabChangeCommentPermission as comment,
  cabChangeCreatePermission as create,
  cabChangeReadPermission as read,
  cabChangeVotePermission as vote,
  cabGateAskPermission as ask,
  cabRecordReadPermission as readRecord,
} from '../permissions';
import {
  changeSchema,
  changesQuerySchema,
  changesResponseSchema,
  commentBodySchema,
  createChangeBodySchema,
  editBodySchema,
  explainedRiskSchema,
  previewBodySchema,
  reasonBodySchema,
  submitBodySchema,
} from './changes';
import { gateAnswerSchema, gateBodySchema } from './gate';
import {
  exportQuerySchema,
  exportResponseSchema,
  keysSchema,
  recordStateSchema,
} from './recordState';
import { replayBodySchema, riskResultSchema } from './risk';
import { voteBodySchema } from './votes';

const both = ['user', 'service'] as const;
const person = ['user'] as const;

/** What everything that happens to a change request has in common. */
const move = {
  method: 'post',
  who: person,
  answer: changeSchema,
  needs: [read],
  audit: 'change',
} as const;

/** Votes and what is like one: of high severity to an auditor. */
const decide = { ...move, severity: 'high' } as const;

/**
 * The HTTP API of the change approval backend, below `/api/cab`. A change request
 * that is not to be seen answers 404; what one may not do 403; what is in the way
 * 409; what is missing 400; each with a code.
 * @public
 */
export const cabRoutes = {
  getChanges: defineRoute({
    method: 'get',
    path: '/changes',
    summary: 'The change requests you may see, newest first',
    query: changesQuerySchema,
    answer: changesResponseSchema,
    who: both,
    needs: [read],
    audit: 'change',
  }),
  createChange: defineRoute({
    ...move,
    path: '/changes',
    summary: 'Ask for a change: one commit of one entity in one environment',
    body: createChangeBodySchema,
    limit: 64 * 1024,
    status: 201,
    asks: [create, vote],
    action: 'create',
  }),
  getChange: defineRoute({
    method: 'get',
    path: '/changes/:id',
    summary: 'One change request: risk, votes, timeline, and what you may do',
    answer: changeSchema,
    who: both,
    needs: [read],
    asks: [create, vote],
    audit: 'change',
  }),
  editChange: defineRoute({
    ...move,
    path: '/changes/:id/edit',
    summary: 'Make a new revision; votes on the old one no longer count',
    body: editBodySchema,
    limit: 64 * 1024,
    asks: [create, vote],
    action: 'edit',
  }),
  submitChange: defineRoute({
    ...move,
    path: '/changes/:id/submit',
    summary: 'Have it scored, and ask whoever the risk asks for',
    body: submitBodySchema,
    asks: [create, vote],
    action: 'submit',
  }),
  castVote: defineRoute({
    ...decide,
    path: '/changes/:id/votes',
    summary: 'Approve or reject what you looked at, and nothing else',
    body: voteBodySchema,
    needs: [read, vote],
    asks: [create],
    action: 'vote',
  }),
  withdrawVote: defineRoute({
    ...decide,
    method: 'delete',
    path: '/changes/:id/votes/mine',
    summary: 'Take your vote back, while it has not decided',
    needs: [read, vote],
    asks: [create],
    action: 'withdraw-vote',
  }),
  recuse: defineRoute({
    ...decide,
    path: '/changes/:id/recuse',
    summary: 'Step back from deciding it, for good',
    body: reasonBodySchema,
    needs: [read, vote],
    asks: [create],
    action: 'recuse',
  }),
  requestChanges: defineRoute({
    ...decide,
    path: '/changes/:id/request-changes',
    summary: 'Send it back, saying what has to change',
    body: reasonBodySchema,
    needs: [read, vote],
    asks: [create],
    action: 'request-changes',
  }),
  withdrawChange: defineRoute({
    ...move,
    path: '/changes/:id/withdraw',
    summary: 'Ask for it no longer',
    body: reasonBodySchema,
    asks: [create, vote],
    action: 'withdraw',
  }),
  revoke: defineRoute({
    ...decide,
    path: '/changes/:id/revoke',
    summary: 'Take an approval back; the gate is closed at once',
    body: reasonBodySchema,
    needs: [read, vote],
    asks: [create],
    action: 'revoke',
    severity: 'critical',
  }),
  commentChange: defineRoute({
    ...move,
    path: '/changes/:id/comments',
    summary: 'Say something about it',
    body: commentBodySchema,
    limit: 32 * 1024,
    needs: [read, comment],
    asks: [create, vote],
    action: 'comment',
  }),
  previewRisk: defineRoute({
    method: 'post',
    path: '/risk/preview',
    summary: 'What the risk would be, from what is known now',
    body: previewBodySchema,
    answer: explainedRiskSchema,
    who: both,
    needs: [read],
    audit: 'risk',
    action: 'preview',
    severity: 'low',
  }),
  replayRisk: defineRoute({
    method: 'post',
    path: '/risk/replay',
    summary: 'Score facts again: byte by byte the same answer, each time',
    raw: { content: { 'application/json': replayBodySchema } },
    limit: 64 * 1024,
    answer: riskResultSchema,
    who: both,
    needs: [read],
    audit: 'risk',
    action: 'replay',
    severity: 'low',
  }),
  askGate: defineRoute({
    method: 'post',
    path: '/gate',
    summary: 'May this run start? allow, deny or pending, with the reason',
    body: gateBodySchema,
    answer: gateAnswerSchema,
    who: ['service'],
    needs: [ask],
    audit: 'gate',
    action: 'ask',
    severity: 'high',
  }),
  getRecord: defineRoute({
    method: 'get',
    path: '/record',
    summary: 'How long the record is, who signed it, and who could rewrite it',
    answer: recordStateSchema,
    who: both,
    needs: [read],
    audit: 'record',
  }),
  exportRecord: defineRoute({
    method: 'get',
    path: '/record/export',
    summary: 'The whole record with its checkpoints, for cab-verify',
    query: exportQuerySchema,
    answer: exportResponseSchema,
    who: both,
    needs: [readRecord],
    audit: 'record',
  }),
  exportChange: defineRoute({
    method: 'get',
    path: '/changes/:id/export',
    summary: 'The entries of one change request with proofs, for cab-verify',
    answer: exportResponseSchema,
    who: both,
    needs: [read],
    audit: 'record',
  }),
  getKeys: defineRoute({
    method: 'get',
    path: '/keys',
    summary: 'The public keys by which checkpoints are verified',
    answer: keysSchema,
    who: both,
    needs: [read],
    audit: 'record',
  }),
};
/** See {@link cabRoutes}. @public */
export type CabRoutes = typeof cabRoutes;
