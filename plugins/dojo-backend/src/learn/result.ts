import type { Answer, ItemResult } from '@fawkes/backstage-plugin-dojo-common';
import {
  gradeAll,
  isGraded,
  isPass,
  missedSections,
  type Fraction,
  type Question,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import type { FoundQuiz } from '../content/library';
import type { ShownAttempt } from './shown';

/** How an attempt ended, as it is kept. */
export interface KeptResult {
  /** Of an exam nobody can say: its labs count too. */
  passed: boolean | null;
  earned: { numerator: string; denominator: string } | null;
  total: number;
  required: number | null;
  /** Names of lessons, of an exam slugs of modules. */
  missed: string[];
  items: ItemResult[] | null;
}

/** Grades an attempt, and says of it what its quiz lets say. */
export function resultOf(
  { quiz, exam, sections }: FoundQuiz,
  questions: readonly Question[],
  answers: ReadonlyMap<string, Answer>,
  shown: ShownAttempt,
): KeptResult {
  const { earned, shares } = gradeAll(questions, answers);
  const passed = exam ? null : isPass(earned, quiz.total, quiz.passPercent);
  const isFull = (share: Fraction | undefined) =>
    share !== undefined && share.numerator === share.denominator;
  const tellsSections = ['sections', 'full'].includes(quiz.feedback);
  const missed =
    passed || !tellsSections
      ? []
      : missedSections(
          questions.filter(isGraded).map(question => ({
            section: question.section,
            right: isFull(shares.get(question.id)),
          })),
          sections.map(({ name }) => name),
        );
  return {
    passed,
    earned:
      quiz.feedback === 'none'
        ? null
        : {
            numerator: String(earned.numerator),
            denominator: String(earned.denominator),
          },
    total: quiz.total,
    required: exam ? null : quiz.required,
    missed,
    items:
      passed && quiz.feedback === 'full'
        ? questions.map(question => ({
            item: shown.itemOf(question),
            ...judged(
              question,
              answers.get(question.id),
              shares.get(question.id),
              shown,
            ),
          }))
        : null,
  };
}

/** Right or wrong, and why: of what this person chose, of nothing else. */
function judged(
  question: Question,
  answer: Answer | undefined,
  share: Fraction | undefined,
  shown: ShownAttempt,
): Omit<ItemResult, 'item'> {
  if (question.type === 'open') {
    return {
      verdict: 'self',
      explanations: [{ option: null, text: question.explanation }],
    };
  }
  const right = share !== undefined && share.numerator === share.denominator;
  const partly = !right && share !== undefined && share.numerator > 0n;
  const notRight = partly ? 'partly' : 'wrong';
  const verdict = right ? 'right' : notRight;
  if ('explanation' in question) {
    return {
      verdict,
      explanations: right ? [{ option: null, text: question.explanation }] : [],
    };
  }
  // Why each stands where it stands would tell the order.
  if (question.type === 'ordering' && !right)
    return { verdict, explanations: [] };
  const chosen = new Set(chosenIn(answer));
  return {
    verdict,
    explanations: question.options
      .filter(({ id }) => chosen.has(id))
      .map(({ id, explanation }) => ({
        option: shown.partOf(question, id),
        text: explanation,
      })),
  };
}

function chosenIn(answer: Answer | undefined): string[] {
  if (answer?.type === 'single') return [answer.choice];
  if (answer?.type === 'multi') return answer.choices;
  return answer?.type === 'ordering' ? answer.order : [];
}
