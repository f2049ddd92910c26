import { decimalOf, requiredOf } from '../grade/marks';
import { patternFault } from '../grade/patterns';
import { readMarkdown } from '../content/markdown';
import {
  drawable,
  labsOf,
  questionsOf,
  quizzesOf,
  type LintRule,
  type QuestionAt,
} from './context';

const EMPTY = {
  head: undefined,
  skills: undefined,
  lock: undefined,
  belts: [],
  exams: [],
  examLabs: [],
  pictures: new Map<string, string>(),
};

/** χ² at p = .01 for 1, 2, … degrees of freedom. */
const CRITICAL = [
  6.635, 9.21, 11.345, 13.277, 15.086, 16.812, 18.475, 20.09, 21.666, 23.209,
  24.725,
];

export const requiredCeil: LintRule = {
  name: 'required-ceil',
  severity: 'error',
  reason: '"80 % (6/8)" is 75 %; what the page shows has to be what passes.',
  *check({ curriculum }) {
    const graded = [
      ...[...quizzesOf(curriculum)].map(({ quiz }) => quiz),
      ...labsOf(curriculum),
    ];
    for (const { path, value, lineOf } of graded) {
      const { total, passPercent, required } = value;
      const needed = requiredOf(Number(total), passPercent);
      if (needed === Number(required)) continue;
      yield {
        path,
        line: lineOf(['required']),
        message: `required: ${passPercent} % of ${total} is ${needed}`,
      };
    }
  },
};

export const singleKey: LintRule = {
  name: 'single-key',
  severity: 'error',
  reason: 'A question whose key is no option can not be answered.',
  *check({ curriculum }) {
    for (const { question, quiz, at } of questionsOf(curriculum)) {
      if (!('options' in question)) continue;
      const ids = question.options.map(({ id }) => id);
      const keys = [question.key].flat();
      const line = quiz.lineOf([...at, 'key']);
      const fault = keyFault(question.type, ids, keys);
      if (fault) yield { path: quiz.path, line, message: `key: ${fault}` };
    }
  },
};

function keyFault(
  type: string,
  ids: readonly string[],
  keys: readonly string[],
): string | undefined {
  if (new Set(ids).size !== ids.length) return 'two options have one id';
  if (new Set(keys).size !== keys.length) return 'names an option twice';
  if (keys.some(key => !ids.includes(key))) return 'names no option';
  if (type === 'single' && keys.length !== 1) return 'must be exactly one';
  return type === 'ordering' && keys.length !== ids.length
    ? 'must put all options in order'
    : undefined;
}

export const numericTolerance: LintRule = {
  name: 'numeric-tolerance',
  severity: 'error',
  reason: 'How near is near enough has to be decided before somebody answers.',
  *check({ curriculum }) {
    for (const { question, quiz, at } of questionsOf(curriculum)) {
      if (question.type !== 'numeric') continue;
      const given = Object.keys(question.tolerance ?? {});
      const line = quiz.lineOf([...at, 'tolerance']);
      const zero = decimalOf(question.key).numerator === 0n;
      if (given.length !== 1) {
        yield {
          path: quiz.path,
          line,
          message: 'tolerance: needs one of abs, rel, range',
        };
      } else if (given[0] === 'rel' && zero) {
        yield {
          path: quiz.path,
          line,
          message: 'tolerance: a share of 0 is nothing; use abs',
        };
      }
    }
  },
};

export const regexUnsafe: LintRule = {
  name: 'regex-unsafe',
  severity: 'error',
  reason:
    'A pattern is run on what learners write, so its time has to be bounded.',
  *check({ curriculum }) {
    for (const { question, quiz, at } of questionsOf(curriculum)) {
      if (question.type !== 'fill' || question.pattern === undefined) continue;
      const fault = patternFault(question.pattern);
      const line = quiz.lineOf([...at, 'pattern']);
      if (fault) yield { path: quiz.path, line, message: `pattern: ${fault}` };
    }
  },
};

export const questionSection: LintRule = {
  name: 'question-section',
  severity: 'warning',
  reason: 'Who misses a question is sent to its lesson.',
  *check({ curriculum }) {
    for (const { question, module, quiz, at } of drawable(curriculum)) {
      // Whoever misses a question of an exam is sent to a whole module.
      const known = module
        ? module.lessons.some(({ name }) => name === question.section)
        : curriculum.modules.some(
            ({ value }) => value.slug === question.section,
          );
      if (known) continue;
      const line = quiz.lineOf([...at, 'section']);
      const what = module ? 'lesson' : 'module';
      yield {
        path: quiz.path,
        line,
        message: `section: there is no ${what} '${question.section}'`,
      };
    }
  },
};

export const noRecall: LintRule = {
  name: 'no-recall',
  severity: 'warning',
  reason: 'Saying something in words of one’s own is what makes it stay.',
  *check({ curriculum: { modules } }) {
    for (const module of modules) {
      const all = [...drawable({ ...EMPTY, modules: [module] })];
      if (
        all.length === 0 ||
        all.some(({ question }) => question.type === 'open')
      )
        continue;
      yield { path: module.path, line: 1, message: 'has no open question' };
    }
  },
};

interface SingleAt extends QuestionAt {
  question: Extract<QuestionAt['question'], { type: 'single' }>;
}

function singles(all: Iterable<QuestionAt>): SingleAt[] {
  return [...all].filter(
    (each): each is SingleAt => each.question.type === 'single',
  );
}

export const longestOption: LintRule = {
  name: 'longest-option',
  severity: 'warning',
  reason: 'Whoever takes the longest option must not pass by that.',
  *check({ curriculum }) {
    const all = singles(drawable(curriculum));
    const longest = all.filter(({ question }) => isLongest(question));
    if (longest.length * 100 <= all.length * 45) return;
    const [{ quiz, line }] = longest;
    yield {
      path: quiz.path,
      line,
      message: `the key is the longest option in ${longest.length} of ${all.length} questions; more than 45 %`,
    };
  },
};

function isLongest({ options, key }: SingleAt['question']): boolean {
  const lengths = new Map(
    options.map(({ id, text }) => [id, readMarkdown(text).plain.length]),
  );
  const own = lengths.get([key].flat()[0]) ?? 0;
  return [...lengths.values()].every(length => length <= own);
}

export const keyPosition: LintRule = {
  name: 'key-position',
  severity: 'warning',
  reason: 'Whoever always takes the same place must not pass by that.',
  *check({ curriculum }) {
    const byCount = new Map<number, SingleAt[]>();
    for (const each of singles(drawable(curriculum))) {
      const count = each.question.options.length;
      byCount.set(count, [...(byCount.get(count) ?? []), each]);
    }
    for (const [count, all] of byCount) {
      const expected = all.length / count;
      if (expected < 5) continue;
      const places = new Array<number>(count).fill(0);
      for (const { question } of all) {
        const [key] = [question.key].flat();
        const place = question.options.findIndex(({ id }) => id === key);
        if (place >= 0) places[place]++;
      }
      const chi = places.reduce(
        (sum, seen) => sum + (seen - expected) ** 2 / expected,
        0,
      );
      if (chi <= CRITICAL[count - 2]) continue;
      yield {
        path: all[0].quiz.path,
        line: all[0].line,
        message: `of ${
          all.length
        } questions with ${count} options the key stands at ${places.join(
          ', ',
        )} of the places; too uneven for chance`,
      };
    }
  },
};
