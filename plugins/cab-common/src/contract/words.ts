import { wordsOf, type WordArgs, type WordCodeOf } from '@fawkes/kit-contract';

const REFUSALS = {
  'change.not_found':
    "There is no change request '{{id}}', or you may not see it",
  'entity.not_found': "There is no entity '{{ref}}', or you may not see it",
  'entity.no_create':
    "Asking for a change to {{ref}} needs the permission '{{permission}}'; its owners usually have it",
  'change.twin':
    'There is an unfinished change request for the same entity, environment and commit already: {{id}}',
  ILLEGAL_TRANSITION:
    'This cannot happen to a change request that is {{state}}; look at it again',
  'change.revision':
    'It has become revision {{revision}} meanwhile; look at it again',
  'change.not_submitter': 'Only {{submitter}}, who asked for it, may do this',
  'change.not_owner':
    'Only {{submitter}}, who asked for it, or the owner of {{entity}} may do this',
  EVIDENCE_INCOMPLETE:
    'Evidence is missing for {{environment}}, which counts as {{class}}: {{kinds}}. This portal cannot take evidence yet',
  'change.critical':
    'A critical finding stands in the way; mend it, or have an exception approved',
  EVIDENCE_CHANGED:
    'It is another than the one you looked at: now revision {{revision}}. Look at it again before you vote',
  USER_ONLY: 'Only a person may decide this, not a service or a token for one',
  LINK_ACCOUNT:
    'The catalog knows no account of a Git provider of yours, so nobody can tell whether you wrote this. Whoever keeps the catalog can add one',
  'vote.excluded.author': 'You are an author of it, so you may not approve it',
  'vote.excluded.committer': 'You committed it, so you may not approve it',
  'vote.excluded.co_author':
    'You are a co-author of it, so you may not approve it',
  'vote.excluded.bot_operator':
    'A bot wrote it for you, so you may not approve it',
  'vote.excluded.submitter': 'You asked for it, so you may not approve it',
  'vote.excluded.plan_owner': 'You own its plan, so you may not approve it',
  'vote.excluded.producer': 'You made its evidence, so you may not approve it',
  'vote.excluded.exception_requester':
    'You asked for its exception, so you may not approve it',
  'vote.recused': 'You stepped back from it, and that holds',
  'vote.not_asked':
    'Those who are asked are {{pool}}, and you are none of them',
  'vote.taken':
    'You said something else about it; take that back before you vote anew',
  'vote.none': 'You have no vote on it that could be taken back',
  'vote.not_now': 'Nobody is asked at the moment: it is {{state}}',
  'vote.after': 'It is approved already; the board may revoke it',
  'vote.reason': 'Say why, so that others can do something about it',
  'vote.directory':
    'The catalog cannot be asked who you are at the moment; try again in a few seconds',
  'revoke.not_board':
    'Only members of {{board}} or {{security}} may revoke an approval',
  'model.unknown': "There is no risk model '{{version}}'",
  'replay.json': 'The body {{reason}} (after {{at}} characters)',
  'type.emergency_owner': 'Only a member of {{owner}} may declare an emergency',
} as const;

const VOIDED = {
  'void.revision': 'It was about revision {{revision}}',
  'void.member': 'Its voter is no longer one of those who are asked',
  'void.round': 'Another round has begun since',
  'void.withdrawn': 'It was taken back',
} as const;

const NEXT = {
  'next.submit': '{{submitter}} submits it',
  'next.changes':
    '{{submitter}} changes what was asked for, and submits it again',
  'next.votes_one': '{{count}} more vote of {{pool}}',
  'next.votes_other': '{{count}} more votes of {{pool}}',
  'next.start': 'The pipeline may start it until {{until}}',
  'next.nothing': 'Nothing follows',
  'next.run': 'The pipeline finishes what it has started',
  'next.resume': 'Somebody takes it up again',
  'next.review': 'Somebody who had no part in it looks back at it',
} as const;

const GATE = {
  'gate.NOT_GATED': 'Nothing is asked for {{environment}}',
  'gate.NO_CHANGE':
    'Nobody has asked for this commit to go to {{environment}}; ask for a change first',
  'gate.CALLER': 'This token may not ask for {{entity}}',
  'gate.APPROVED': 'It is approved',
  'gate.WAITING': 'It is not approved yet',
  'gate.REJECTED': 'It was rejected',
  'gate.WITHDRAWN': 'It was withdrawn',
  'gate.REVOKED': 'Its approval was revoked',
  'gate.EXPIRED': 'Its approval has ended; ask anew',
  'gate.ENDED': 'It is over: {{state}}',
  'gate.FREEZE': 'Nothing starts during the freeze {{freezes}}',
  'gate.WINDOW': 'It is not the time that was planned',
  'gate.DIGEST': 'This is another artifact than the one that was asked for',
  'gate.VOTERS':
    'Some of those who approved it are no longer those who may, or cannot be asked about at the moment',
  'gate.FACTS_UNREADABLE':
    'What the risk is made of cannot be read at the moment',
  'gate.RISK_WORSE': 'The risk has grown since it was approved',
  'gate.BUSY': 'Another change request runs there: {{change}}',
  'gate.AWAY': 'The database is away, so nothing is allowed',
} as const;

const LEVERS = {
  'lever.show_tests': 'Show tests that pass',
  'lever.scan': 'Show a scan without findings, at most 7 days old',
  'lever.size': 'Make it smaller, without schema, access or network',
  'lever.rehearse_rollback': 'Rehearse going back, by a pipeline',
  'lever.plan_window': 'Plan it within a maintenance window',
  'lever.replace_deprecated': 'Replace what is deprecated',
  'lever.do_without_exception': 'Do without an exception',
} as const;

/**
 * Everything the change approval backend says to people, in English by code.
 * @public
 */
export const cabWords = wordsOf({
  ...REFUSALS,
  ...VOIDED,
  ...NEXT,
  ...GATE,
  ...LEVERS,
});

/** A code of {@link cabWords}. @public */
export type CabWordCode = WordCodeOf<typeof cabWords.texts>;
/** The params of a code. @public */
export type CabWordArgs<C extends CabWordCode> = WordArgs<
  typeof cabWords.texts,
  C
>;

/** Words of the change approval backend with their English text. @public */
export const { say } = cabWords;
