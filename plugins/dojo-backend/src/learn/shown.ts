import { InputError } from '@backstage/errors';
import {
  sayDojo,
  type Answer,
  type Answers,
  type ShownItem,
} from '@fawkes/backstage-plugin-dojo-common';
import {
  answerFault,
  byRank,
  readNumber,
  sidesOf,
  type Question,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import { saidError } from '@fawkes/kit-contract';
import type { Chance } from './chance';

/** How the questions of one attempt are shown, and what its ids stand for. */
export class ShownAttempt {
  readonly #byItem: ReadonlyMap<string, Question>;

  constructor(
    private readonly attempt: string,
    private readonly questions: readonly Question[],
    private readonly chance: Chance,
  ) {
    this.#byItem = new Map(
      questions.map(question => [this.itemOf(question), question]),
    );
  }

  /** What a question is called here. */
  itemOf(question: Question): string {
    return this.chance.alias(this.attempt, question.id);
  }

  /** What a part of a question is called here. */
  partOf(question: Question, part: string): string {
    return this.chance.alias(this.attempt, question.id, part);
  }

  /** The questions without anything that grades them. */
  items(): ShownItem[] {
    return this.questions.map(question => {
      const show = (parts: ReadonlyArray<{ id: string; text: string }>) =>
        parts.map(({ id, text }) => ({ id: this.partOf(question, id), text }));
      const mix = <T extends { id: string }>(parts: readonly T[]) => {
        const rank = this.chance.rank(this.attempt, question.id);
        const places = byRank(
          parts.map(({ id }) => id),
          rank,
        );
        return places.map(id => parts.find(part => part.id === id)!);
      };
      const sides =
        question.type === 'matching' ? sidesOf(question) : undefined;
      const options =
        'options' in question ? question.options : sides?.rights ?? [];
      const stays = 'shuffle' in question && question.shuffle === 'false';
      return {
        id: this.itemOf(question),
        type: question.type,
        stem: question.stem,
        points: Number(question.points),
        options: show(stays ? options : mix(options)),
        lefts: show(sides?.lefts ?? []),
        units:
          question.type === 'numeric' ? Object.keys(question.units ?? {}) : [],
      };
    });
  }

  /**
   * Answers by question, with the ids of the content.
   *
   * @throws InputError for one that is of another attempt, names something twice
   *   or is none: then nothing changes
   */
  read(answers: Answers): Map<string, Answer> {
    const read = new Map<string, Answer>();
    for (const { item, answer } of answers) {
      const question = this.#byItem.get(item);
      if (!question)
        throw saidError(InputError, sayDojo('answer.unknown_item'));
      if (read.has(question.id))
        throw saidError(InputError, sayDojo('answer.twice'));
      const own = this.#translate(question, answer);
      const fault = answerFault(question, own);
      if (fault) throw saidError(InputError, saidOf(fault));
      read.set(question.id, own);
    }
    return read;
  }

  #translate(question: Question, answer: Answer): Answer {
    const parts = new Map<string, string>();
    if ('options' in question) {
      for (const { id } of question.options)
        parts.set(this.partOf(question, id), id);
    } else if (question.type === 'matching') {
      const { lefts, rights } = sidesOf(question);
      for (const { id } of [...lefts, ...rights]) {
        parts.set(this.partOf(question, id), id);
      }
    }
    const own = (id: string) => {
      const known = parts.get(id);
      if (known !== undefined) return known;
      throw saidError(InputError, sayDojo('answer.unknown_option'));
    };
    switch (answer.type) {
      case 'single':
        return { ...answer, choice: own(answer.choice) };
      case 'multi':
        return { ...answer, choices: answer.choices.map(own) };
      case 'ordering':
        return { ...answer, order: answer.order.map(own) };
      case 'matching':
        return {
          ...answer,
          pairs: answer.pairs.map(({ left, right }) => ({
            left: own(left),
            right: own(right),
          })),
        };
      default:
        return answer;
    }
  }

  /** What numbers are read as. */
  readAs(answers: Answers): Array<{ item: string; text: string }> {
    return answers.flatMap(({ item, answer }) => {
      if (answer.type !== 'numeric') return [];
      const read = readNumber(answer.text);
      return read ? [{ item, text: `${read.text} ${read.unit}`.trim() }] : [];
    });
  }
}

function saidOf(fault: NonNullable<ReturnType<typeof answerFault>>) {
  if (fault.code === 'answer.long')
    return sayDojo(fault.code, { max: fault.max });
  if (fault.code === 'answer.unit') {
    return sayDojo(fault.code, { units: fault.units });
  }
  return sayDojo(fault.code);
}
