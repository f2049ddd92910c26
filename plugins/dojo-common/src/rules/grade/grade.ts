import type { Answer } from '../../contract';
import type { Question } from '../content/schemas';
import { foldText } from './fold';
import { decimalOf, fraction, plus, times, ZERO, type Fraction } from './marks';
import { readNumber } from './numbers';
import { matchesWhole } from './patterns';

/** Of an answer whose ids are those of the content again. @public */
export type ContentAnswer = Answer;

/** Why an answer is refused before it counts. @public */
export type AnswerFault =
  | {
      code:
        | 'answer.kind'
        | 'answer.unknown_option'
        | 'answer.twice'
        | 'answer.number';
    }
  | { code: 'answer.long'; max: number }
  | { code: 'answer.unit'; units: string };

const MAX_FILL = 500;

/** The left and right sides of a matching question, by ids of their own. @public */
export function sidesOf(question: Extract<Question, { type: 'matching' }>): {
  lefts: Array<{ id: string; text: string }>;
  rights: Array<{ id: string; text: string }>;
} {
  const { pairs, rights = [] } = question;
  return {
    lefts: pairs.map(({ left }, index) => ({ id: `l${index}`, text: left })),
    rights: [...pairs.map(({ right }) => right), ...rights].map(
      (text, index) => ({ id: `r${index}`, text }),
    ),
  };
}

/**
 * Why an answer is none at all: then it is refused, and nothing changes.
 * Undefined where it may count, right or wrong.
 *
 * @public
 */
export function answerFault(
  question: Question,
  answer: ContentAnswer,
): AnswerFault | undefined {
  if (answer.type !== question.type) return { code: 'answer.kind' };
  if (answer.type === 'fill') {
    return answer.text.length > MAX_FILL
      ? { code: 'answer.long', max: MAX_FILL }
      : undefined;
  }
  if (answer.type === 'open') return undefined;
  if (answer.type === 'numeric') {
    return numericFault(question as NumericQuestion, answer.text);
  }
  const { chosen, known } = choicesOf(question, answer);
  if (chosen.some(id => !known.has(id)))
    return { code: 'answer.unknown_option' };
  if (new Set(chosen).size !== chosen.length) return { code: 'answer.twice' };
  if (answer.type === 'matching') {
    const rights = answer.pairs.map(({ right }) => right);
    const all = new Set(
      sidesOf(question as MatchingQuestion).rights.map(({ id }) => id),
    );
    if (rights.some(id => !all.has(id)))
      return { code: 'answer.unknown_option' };
    if (new Set(rights).size !== rights.length) return { code: 'answer.twice' };
  }
  return undefined;
}

type NumericQuestion = Extract<Question, { type: 'numeric' }>;
type MatchingQuestion = Extract<Question, { type: 'matching' }>;

function choicesOf(
  question: Question,
  answer: Exclude<ContentAnswer, { type: 'fill' | 'numeric' | 'open' }>,
): { chosen: string[]; known: Set<string> } {
  if (answer.type === 'matching') {
    const { lefts } = sidesOf(question as MatchingQuestion);
    return {
      chosen: answer.pairs.map(({ left }) => left),
      known: new Set(lefts.map(({ id }) => id)),
    };
  }
  const known = new Set(
    'options' in question ? question.options.map(({ id }) => id) : [],
  );
  if (answer.type === 'single') return { chosen: [answer.choice], known };
  return {
    chosen: answer.type === 'multi' ? answer.choices : answer.order,
    known,
  };
}

function numericFault(
  question: NumericQuestion,
  text: string,
): AnswerFault | undefined {
  if (text.trim() === '') return undefined;
  const read = readNumber(text);
  if (!read) return { code: 'answer.number' };
  const units = question.units ?? {};
  const names = Object.keys(units);
  if (read.unit !== '' && !Object.hasOwn(units, read.unit)) {
    return names.length > 0
      ? { code: 'answer.unit', units: names.join(', ') }
      : { code: 'answer.number' };
  }
  const factors = new Set(
    Object.values(units).map(each => keyOf(decimalOf(each))),
  );
  return read.unit === '' && factors.size > 1
    ? { code: 'answer.unit', units: names.join(', ') }
    : undefined;
}

function keyOf({ numerator, denominator }: Fraction): string {
  return `${numerator}/${denominator}`;
}

/**
 * The share of its points that an answer earns, exactly: 0 where nothing was
 * answered, 1 where all is right.
 *
 * @public
 */
export function gradeAnswer(
  question: Question,
  answer: ContentAnswer | undefined,
): Fraction {
  if (!answer || answerFault(question, answer)) return ZERO;
  const share = shareOf(question, answer);
  return share.numerator < 0n ? ZERO : share;
}

function shareOf(question: Question, answer: ContentAnswer): Fraction {
  switch (question.type) {
    case 'single': {
      const [key] = [question.key].flat();
      return asShare(answer.type === 'single' && answer.choice === key);
    }
    case 'multi': {
      const chosen = answer.type === 'multi' ? answer.choices : [];
      const keys = new Set(question.key);
      const right = chosen.filter(id => keys.has(id)).length;
      const wrong = chosen.length - right;
      return question.partial === 'true'
        ? fraction(right - wrong, keys.size)
        : asShare(wrong === 0 && right === keys.size);
    }
    case 'ordering': {
      const order = answer.type === 'ordering' ? answer.order : [];
      return asShare(
        order.length === question.key.length &&
          order.every((id, index) => id === question.key[index]),
      );
    }
    case 'matching': {
      const pairs = answer.type === 'matching' ? answer.pairs : [];
      const right = pairs.filter(
        ({ left, right: side }) => left.slice(1) === side.slice(1),
      ).length;
      const all = question.pairs.length;
      return question.partial === 'true'
        ? fraction(right, all)
        : asShare(right === all);
    }
    case 'fill':
      return asShare(answer.type === 'fill' && isFilled(question, answer.text));
    case 'numeric':
      return asShare(
        answer.type === 'numeric' && isNear(question, answer.text),
      );
    default:
      return ZERO;
  }
}

function asShare(right: boolean): Fraction {
  return fraction(right ? 1 : 0);
}

function isFilled(
  question: Extract<Question, { type: 'fill' }>,
  text: string,
): boolean {
  const caseSensitive = question.caseSensitive === 'true';
  const folded = foldText(text, caseSensitive);
  if (folded === '') return false;
  return (
    question.key.some(key => foldText(key, caseSensitive) === folded) ||
    (question.pattern !== undefined && matchesWhole(question.pattern, folded))
  );
}

function isNear(question: NumericQuestion, text: string): boolean {
  const read = readNumber(text);
  if (!read) return false;
  const units = question.units ?? {};
  const factor = read.unit === '' ? Object.values(units)[0] : units[read.unit];
  const value =
    factor === undefined ? read.value : product(read.value, decimalOf(factor));
  const key = decimalOf(question.key);
  const { abs, rel, range } = question.tolerance ?? {};
  if (range) {
    return (
      compare(decimalOf(range[0]), value) <= 0 &&
      compare(value, decimalOf(range[1])) <= 0
    );
  }
  const width =
    rel !== undefined
      ? product(absolute(key), decimalOf(rel))
      : decimalOf(abs ?? '0');
  return compare(absolute(minus(value, key)), width) <= 0;
}

function product(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.numerator, a.denominator * b.denominator);
}

function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, { ...b, numerator: -b.numerator });
}

function absolute(a: Fraction): Fraction {
  return a.numerator < 0n ? { ...a, numerator: -a.numerator } : a;
}

function compare(a: Fraction, b: Fraction): number {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Whether a question counts in the sums. @public */
export function isGraded(question: Question): boolean {
  return question.type !== 'open';
}

/** Sum of what questions earn, in points. @public */
export function gradeAll(
  questions: readonly Question[],
  answers: ReadonlyMap<string, ContentAnswer>,
): { earned: Fraction; shares: Map<string, Fraction> } {
  let earned = ZERO;
  const shares = new Map<string, Fraction>();
  for (const question of questions) {
    if (!isGraded(question)) continue;
    const share = gradeAnswer(question, answers.get(question.id));
    shares.set(question.id, share);
    earned = plus(earned, times(share, Number(question.points)));
  }
  return { earned, shares };
}
