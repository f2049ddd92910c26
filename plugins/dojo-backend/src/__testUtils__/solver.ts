import type { Answer, Attempt } from '@fawkes/backstage-plugin-dojo-common';
import {
  sidesOf,
  type Question,
  type QuizKeys,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import type { Knex } from 'knex';

/**
 * Answers an attempt by what is written in it, as a person who knows: it looks
 * texts up in the keys, and never ids.
 */
export async function solver(db: Knex) {
  const rows = await db('revision_keys').select('keys');
  const questions = new Map<string, Question>();
  for (const row of rows) {
    for (const { pools } of Object.values<QuizKeys>(JSON.parse(row.keys))) {
      for (const question of pools.flatMap(pool => pool.questions)) {
        questions.set(question.stem, question);
      }
    }
  }
  return (attempt: Attempt, right: boolean): Attempt['answers'] =>
    attempt.items.flatMap(item => {
      const question = questions.get(item.stem)!;
      const answer = right ? known(question, item) : guessed(question, item);
      return answer ? [{ item: item.id, answer }] : [];
    });
}

type Item = Attempt['items'][number];

function known(question: Question, item: Item): Answer {
  const idOf = (text: string, among = item.options) =>
    among.find(option => option.text === text)!.id;
  const textOf = (id: string) =>
    'options' in question
      ? question.options.find(option => option.id === id)!.text
      : '';
  switch (question.type) {
    case 'single':
      return { type: 'single', choice: idOf(textOf([question.key].flat()[0])) };
    case 'multi':
      return {
        type: 'multi',
        choices: question.key.map(id => idOf(textOf(id))),
      };
    case 'ordering':
      return {
        type: 'ordering',
        order: question.key.map(id => idOf(textOf(id))),
      };
    case 'matching': {
      const { lefts, rights } = sidesOf(question);
      return {
        type: 'matching',
        pairs: lefts.map(({ text }, index) => ({
          left: idOf(text, item.lefts),
          right: idOf(rights[index].text),
        })),
      };
    }
    case 'fill':
      return { type: 'fill', text: question.key[0] };
    case 'numeric':
      return { type: 'numeric', text: question.key };
    default:
      return { type: 'open', text: 'In my own words' };
  }
}

function guessed(question: Question, item: Item): Answer | undefined {
  if (question.type !== 'single') return undefined;
  const right = known(question, item);
  const other = item.options.find(
    ({ id }) => right.type === 'single' && id !== right.choice,
  )!;
  return { type: 'single', choice: other.id };
}
