import { wordsOf, type WordCodeOf } from '@fawkes/kit-contract';

/**
 * Everything the dojo's backend says to people, in English by code.
 * @public
 */
export const dojoWords = wordsOf({
  'module.not_found': 'There is no such module',
  'lesson.not_found': 'This module has no such lesson',
  'quiz.not_found': 'There is no such quiz',
  'lab.not_found': 'This module has no such lab',
  'lab.needs': 'This lab cannot be done here: {{needs}}',
  'belt.not_found': 'There is no such belt',
  'exam.preparation': 'This belt is in preparation; its exam opens later',
  'exam.belt_before': 'The {{belt}} belt comes first',
  'exam.passed': 'You have passed this exam; a pass is never lost',
  'exam.wait': 'The exam can be taken again from {{until}} on',
  'exam.labs_closed':
    'The labs of an exam are open for seven days from its start on; begin the exam first',
  'credential.not_found': 'There is no such certificate',
  'revocation.not_found': 'There is no such proposal',
  'revocation.twice': 'Somebody has proposed to take this award back already',
  'revocation.second': 'Another person has to confirm what you proposed',
  'revocation.not_yours':
    'Only owners of the curriculum and people that dojo.revokers names may do this, and never for an award of their own',
  'mine.none': 'Nothing is kept of you that could be erased',
  'mine.guest':
    'Nothing is kept of guests, so there is nothing to choose or to erase',
  'mine.learner': 'Known as {{person}}, and by an id of the dojo',
  'mine.opened': 'Opened the lesson {{lesson}} of {{module}}',
  'mine.read': 'Read the lesson {{lesson}} of {{module}} to its end',
  'mine.attempt_open': 'Attempt {{number}} at {{quiz}}, which goes on',
  'mine.attempt_exam': 'Attempt {{number}} at {{quiz}}, which has ended',
  'mine.attempt_passed': 'Attempt {{number}} at {{quiz}}: passed',
  'mine.attempt_not_yet': 'Attempt {{number}} at {{quiz}}: not yet',
  'mine.run_passed': 'A run of {{lab}}: passed',
  'mine.run_not_yet': 'A run of {{lab}}: not passed',
  'mine.step_passed': 'Step {{step}} of {{lab}}: passed, with its evidence',
  'mine.step_not_yet': 'Step {{step}} of {{lab}}: not passed',
  'mine.claim': 'A fact that serves you and nobody else, as a digest',
  'mine.completion': 'Done: {{module}}, version {{version}}',
  'mine.counted': 'Something that belts count: {{type}}',
  'mine.award': 'Awarded: the {{belt}} belt',
  'mine.award_revoked': 'Awarded and taken back: the {{belt}} belt',
  'mine.credential': 'Certificate {{id}}, which holds',
  'mine.credential_revoked': 'Certificate {{id}}, which was taken back',
  'mine.revocation':
    'Two people may take your {{belt}} belt back, or have: {{reason}}',
  'mine.decision': 'You proposed or confirmed to take an award back',
  'mine.message': 'Something you are told, or that is made for you: {{kind}}',
  'mine.lock': 'A name that keeps two things you do at once apart',
  'mine.team': 'Counted among the people of {{group}}',
  'mine.look': '{{by}} looked at what you have done, for {{group}}',
  'mine.looked': 'You looked at what somebody in {{group}} has done',
  'mine.choices': 'What you let others see',
  'mine.erasure': 'You asked to be erased on {{day}}',
  'team.not_yours':
    'Only who is named as the lead of a group may look at what its members have done',
  'award.not_found': 'There is no such award, or it is not yours',
  'award.not_ready': 'The certificate is being made; try again in a moment',
  'run.not_found': 'There is no such run of a lab, or it is not yours',
  'run.ended': 'This run has ended; start the lab again',
  'run.soon_one': 'The facts were just looked at; check again in a second',
  'run.soon_other':
    'The facts were just looked at; check again in {{count}} seconds',
  'run.away':
    'What this lab looks at does not answer at the moment; what has passed is kept, check again in a few seconds',
  'step.unknown': 'This lab has no such step, or nothing is typed in there',
  'step.no_visit': 'This step is not done by opening a page',
  'check.absent':
    'it needs a check of the type {{type}}, which this portal does not have',
  'check.taken': 'This serves somebody else as evidence already',
  'check.gone':
    'What this step is about is not there any more, or hidden from you; start the lab again',
  'check.broken':
    'This step could not be judged; the log of the backend says why',
  'live.empty': 'Nothing is typed in yet',
  'live.other': 'That is not what the portal says',
  'live.number': 'That is not read as a percent; write it like 12.5',
  'live.owner': 'Who owns {{entity}}?',
  'live.owner_none': 'it needs a component with an owner that you can see',
  'live.change_fail_rate':
    'What is the change fail rate of {{entity}} from {{from}} up to {{to}} (not included; days in UTC), in percent?',
  'live.rework_rate':
    'What is the rework rate of {{entity}} from {{from}} up to {{to}} (not included; days in UTC), in percent?',
  'live.rate_none':
    'it needs a service that you can see and that was deployed lately',
  'delivery.absent': 'it needs the delivery plugin, which is not installed',
  'deployments.versions':
    'Found {{have}} of {{need}} versions that you deployed successfully',
  'provisioning.absent':
    'it needs the provisioning plugin and its services to practise with, which are not installed or not for you',
  'practice.none':
    'You have no service to practise with yet; ask for one with the link of this step',
  'practice.not_ready': 'Your service {{name}} does not run yet',
  'catalog.none':
    'You see no {{kind}} whose annotation {{annotation}} is {{nonce}}',
  'catalog.other': 'There is one, but it is of another type than {{type}}',
  'deployments.few':
    'Found {{have}} of {{need}} successful deployments of yours',
  'metric.team': 'it needs a service that one of your groups owns',
  'metric.few': 'Not enough deployments yet ({{have}} of {{need}})',
  'metric.below': 'It is {{figure}}; it has to be at least {{need}}',
  'metric.above': 'It is {{figure}}; it may be {{need}} at most',
  'visited.not_yet': 'The page was not opened from here yet',
  'probe.none':
    'it needs addresses that may be asked, which dojo.probe.allow names',
  'probe.no_address': 'That is no address that starts with http:// or https://',
  'probe.not_allowed': 'The host {{host}} is not one that this portal asks',
  'probe.private':
    'The host {{host}} leads to an address that is not public, so it is not asked',
  'probe.redirect': 'The answer leads on to an address that is not asked',
  'probe.silent':
    'There was no answer from {{host}} within {{seconds}} seconds',
  'probe.large': 'The answer is larger than {{kib}} KiB',
  'probe.status': 'The answer has the status {{status}} and not {{need}}',
  'probe.contains': 'The answer does not hold what it has to',
  'attempt.not_found': 'There is no such attempt, or it is not yours',
  'attempt.closed': 'This attempt has ended; what came later was not counted',
  'attempt.none_left': 'All attempts of this quiz are used up',
  'attempt.guest':
    'Guests read and keep nothing; sign in as yourself to take part',
  'quiz.corrective_one':
    'Open the lesson again that the last attempt missed, then the quiz starts anew',
  'quiz.corrective_other':
    'Open the {{count}} lessons again that the last attempt missed, then the quiz starts anew',
  'answer.unknown_item':
    'The answer names a question that is not of this attempt',
  'answer.unknown_option':
    'The answer names an option that is not of this attempt',
  'answer.twice': 'The answer names something twice',
  'answer.kind': 'The answer is not of the kind its question asks for',
  'answer.long': 'The answer is longer than {{max}} characters',
  'answer.number':
    'The answer is not read as a number; write it like 1234.5 or 1 234,5',
  'answer.unit': 'The answer needs a unit, one of {{units}}',
});

/** A code of {@link dojoWords}. @public */
export type DojoWordCode = WordCodeOf<typeof dojoWords.texts>;

/** Words of the dojo with their English text. @public */
export const { say: sayDojo } = dojoWords;
