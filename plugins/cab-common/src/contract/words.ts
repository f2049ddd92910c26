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
    'Evidence is missing for {{environment}}, which counts as {{class}}: {{kinds}}. Attach it on the page of the change request, or let a pipeline send it',
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
  'facts.no_commit':
    'The repository knows no commit {{sha}} ({{reference}}); push it first, for without its authors nobody may decide about it',
  'facts.too_many':
    'More lies between {{sha}} and what runs there than can be read ({{reference}}), so nobody can tell whose it is; deploy something in between first',
  'run.no_allow':
    'The gate did not let this run through, so it cannot have started by {{change}}; ask the gate first',
  'run.not_started':
    'No run of {{change}} has started; tell of its start first',
  'run.no_change': 'Nobody has asked for this commit to go to {{environment}}',
  'run.caller': 'This token may not speak for {{entity}}',
  'ci.not_owner':
    '{{user}} is nobody of {{owner}}, who own {{entity}}; a pipeline asks on behalf of somebody who is',
  'review.not_yours':
    'Those who look back at it are {{pool}}, and you are none of them',
  'review.involved': 'You had a part in it, so somebody else looks back at it',
  'model.unknown': "There is no risk model '{{version}}'",
  'calendar.order': 'to: must be later than from',
  'calendar.long':
    'to: must be at most {{days}} days after from; ask for the rest apart',
  'replay.json': 'The body {{reason}} (after {{at}} characters)',
  'type.emergency_owner': 'Only a member of {{owner}} may declare an emergency',
} as const;

const EVIDENCE = {
  EVIDENCE_ENCODING: 'Its encoding is not read here: it {{reason}}',
  EVIDENCE_MALFORMED: 'It is not well-formed: it {{reason}}',
  EVIDENCE_VERSION:
    'It is of a format or version that is not known here: {{reason}}',
  EVIDENCE_SCHEMA: 'It does not say what it has to: {{reason}}',
  EVIDENCE_EMPTY: 'It says nothing: {{reason}}',
  EVIDENCE_NOT_RUN: 'What it tells of did not run to its end: {{reason}}',
  EVIDENCE_TOO_COMPLEX: 'Reading it takes more than is allowed: {{reason}}',
  EVIDENCE_UNREADABLE: 'It could not be read: {{reason}}',
  EVIDENCE_TOOL: 'The tool is none of those that count here: {{reason}}',
  EVIDENCE_SUBJECT: 'It is about something else: {{reason}}',
  EVIDENCE_SIGNATURE: 'Its signature does not hold: {{reason}}',
  EVIDENCE_BUILDER: 'The builder is none of those that are trusted: {{reason}}',
  EVIDENCE_UNBOUND:
    'It was read, but nobody vouches that it is about this commit; let the pipeline of the repository send it, or sign it',
  EVIDENCE_TOO_OLD: 'It is too old: {{reason}}',
  EVIDENCE_TIME: 'It is from the future: {{reason}}',
  EVIDENCE_FAILED:
    'Some evidence was refused: {{kinds}}. Attach it anew, taking the place of what was refused',
  EVIDENCE_BUSY:
    'More evidence is being read than can be at once; send it again in a few seconds',
  'evidence.not_found': "There is no evidence '{{id}}' on this change request",
  'evidence.too_many':
    'A change request holds {{most}} pieces of evidence at most; ask for another change',
  'evidence.media_type':
    '{{kind}} is read as {{expected}}, not as {{mediaType}}; say what it is in Content-Type',
  'evidence.bytes_whose':
    'The bytes are for the owner of {{entity}}, those who decide and auditors',
  'evidence.bytes_gone':
    'The bytes are no longer kept; their digest and what they said are',
  'ci.token':
    'Send the identity token of the pipeline in the header X-CI-Token; no other identity counts here',
  'ci.refused':
    'The identity token of the pipeline is not good here: {{reason}}',
  'ci.commit': 'The pipeline ran on {{commit}}, and this is about {{headSha}}',
  'ci.which':
    'Say which change request it is for: changeId, or entityRef, environment and headSha',
  'ci.no_change':
    'There is no such change request of the repository this pipeline is of',
} as const;

const EXCEPTIONS = {
  'exception.not_found':
    "There is no exception '{{id}}', or you may not see it",
  'exception.no_request':
    'An exception for {{ref}} is asked for by those who may ask for its changes; its owners usually may',
  'exception.period.order': 'It must end after it begins',
  'exception.period.past': 'Its end is over already',
  'exception.period.long': 'It lasts {{days}} days at most',
  'exception.twin': 'The same is asked for already: {{id}}',
  'exception.extended':
    'It was extended {{most}} times in a row; that is enough. Show the evidence, or mend the finding',
  'exception.not_security':
    'Only members of {{security}} decide about exceptions',
  'exception.own': 'You asked for it, so somebody else decides about it',
  'exception.author':
    '{{approver}} granted it and is on the author side of this change request, so it does not count here',
  'exception.decided': 'It was decided already: it is {{status}}',
  'exception.not_theirs':
    'Only {{requester}}, who asked for it, or a member of {{security}} may end it',
  'exception.not_active': 'It is not in force: it is {{status}}',
  'exception.not_needed':
    'This change request does not need it: what it waives is there, or what it excepts was not found',
  'exception.other':
    'It is for {{entity}} in {{environment}}, and for nothing else',
  'exception.too_many':
    'A change request makes use of {{most}} exceptions at most',
  'exception.lapsed': 'The exception it makes use of has ended',
} as const;

const DELEGATIONS = {
  'delegation.not_found': "There is no delegation '{{id}}'",
  'delegation.self': 'You vote for yourself already; name somebody else',
  'delegation.order': 'It must end after it begins, and not before now',
  'delegation.long': 'It lasts {{days}} days at most',
  'delegation.not_board':
    '{{user}} is not of {{board}}, and both who names and who is named have to be',
  'delegation.chain':
    '{{user}} has named somebody else, or is named already, in that time; a vote is handed on once only',
  'delegation.twin': 'You have named {{user}} in that time already',
  'delegation.not_theirs': 'Only {{from}} and {{to}} may end it',
  'delegation.over': 'It is over',
  'delegation.none': '{{from}} has not named you to vote for them now',
  'delegation.author':
    '{{from}} is on the author side of it ({{duty}}), so nobody approves it for them',
  'delegation.from': '{{from}} may not decide it, so nobody may for them',
} as const;

const VOIDED = {
  'void.revision': 'It was about revision {{revision}}',
  'void.member': 'Its voter is no longer one of those who are asked',
  'void.round': 'Another round has begun since',
  'void.withdrawn': 'It was taken back',
  'void.exception': 'An exception it relied on has ended',
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
  'gate.OBSERVED':
    'Changes to {{entity}} are only observed: pipelines are let through, whatever is decided here',
  'gate.NO_CHANGE':
    'Nobody has asked for this commit to go to {{environment}}; ask for a change first',
  'gate.CALLER': 'This token may not ask for {{entity}}',
  'gate.SERVICE_ONLY': 'Only the token of a pipeline may say this',
  'gate.APPROVED': 'It is approved',
  'gate.WAITING': 'It is not approved yet',
  'gate.REJECTED': 'It was rejected',
  'gate.WITHDRAWN': 'It was withdrawn',
  'gate.REVOKED': 'Its approval was revoked',
  'gate.EXPIRED': 'Its approval has ended; ask anew',
  'gate.ENDED': 'It is over: {{state}}',
  'gate.FREEZE': 'Nothing starts during the freeze {{freezes}}',
  'gate.WINDOW': 'It is not the time that was planned',
  'gate.ARTIFACT_UNKNOWN':
    'Production waits for what was built: ask with the digest of the artifact, and attach provenance of it that a trusted key signed',
  'gate.EXCEPTION':
    'It was approved with an exception that has ended: {{what}}',
  'gate.DIGEST': 'This is another artifact than the one that was asked for',
  'gate.VOTERS':
    'Some of those who approved it are no longer those who may, or cannot be asked about at the moment',
  'gate.FACTS_UNREADABLE':
    'What the risk is made of cannot be read at the moment',
  'gate.RISK_WORSE': 'The risk has grown since it was approved',
  'gate.BUSY': 'Another change request runs there: {{change}}',
  'gate.AWAY': 'The database is away, so nothing is allowed',
} as const;

const AUTOMATIC = {
  'automatic.approved':
    'The policy approved it by itself: the risk is low, nothing about it is unknown, and {{reviewers}} reviewed the code',
  'automatic.not.unknown':
    'The risk would need nobody, but something about it is unknown, so a person looks at it',
  'automatic.not.authors':
    'The risk would need nobody, but not everybody who wrote it is known, so a person looks at it',
  'automatic.not.owner':
    'The risk would need nobody, but no group owns it, so a person looks at it',
  'automatic.not.review':
    'The risk would need nobody, but no review of the code counts, so a person looks at it',
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
  ...EVIDENCE,
  ...EXCEPTIONS,
  ...DELEGATIONS,
  ...VOIDED,
  ...NEXT,
  ...GATE,
  ...AUTOMATIC,
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
