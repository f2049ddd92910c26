import { wordsOf, type WordCodeOf } from '@fawkes/kit-contract';

/**
 * Everything the dojo's backend says to people, in English by code.
 * @public
 */
export const dojoWords = wordsOf({
  'module.not_found': 'There is no such module',
  'lesson.not_found': 'This module has no such lesson',
  'quiz.not_found': 'There is no such quiz',
  'attempt.not_found': 'There is no such attempt, or it is not yours',
  'attempt.closed': 'This attempt has ended; what came later was not counted',
  'attempt.none_left': 'All attempts of this quiz are used up',
  'attempt.guest':
    'Guests read and keep nothing; sign in as yourself to take a quiz',
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
