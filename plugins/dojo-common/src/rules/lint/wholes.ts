import type { Assurance, Rule } from '../belts/rule';
import type { BeltFile, ExamFile, LabFile, QuizFile } from '../content/schemas';
import {
  poolsOf,
  type CurriculumRead,
  type LabRead,
} from '../content/readCurriculum';
import { findCycle } from '../graph';
import { CHECK_TYPES } from '../labs/checkTypes';
import { labsOf, quizzesOf, type Found, type LintRule } from './context';
import { labPoints } from './labs';

export const prerequisiteCycle: LintRule = {
  name: 'prerequisite-cycle',
  severity: 'error',
  reason: 'Modules that need one another can never be begun.',
  *check({ curriculum: { modules } }) {
    const teachers = new Map<string, string[]>();
    for (const { value } of modules) {
      for (const skill of value.teaches) {
        teachers.set(skill, [...(teachers.get(skill) ?? []), value.slug]);
      }
    }
    const cycle = findCycle(
      new Map(
        modules.map(({ value }) => [
          value.slug,
          value.requires.flatMap(skill => teachers.get(skill) ?? []),
        ]),
      ),
    );
    if (!cycle) return;
    const module = modules.find(({ value }) => value.slug === cycle[0])!;
    yield {
      path: module.path,
      line: module.lineOf(['requires']),
      message: `these modules need one another: ${cycle.join(' → ')}`,
    };
  },
};

export const skillUnknown: LintRule = {
  name: 'skill-unknown',
  severity: 'error',
  reason: 'A skill that skills.yaml does not have is a slip of the pen.',
  *check({ curriculum: { modules, skills } }) {
    const known = new Set(skills?.value.skills.map(({ id }) => id));
    for (const module of modules) {
      for (const field of ['teaches', 'requires'] as const) {
        for (const [index, skill] of module.value[field].entries()) {
          if (known.has(skill)) continue;
          yield {
            path: module.path,
            line: module.lineOf([field, index]),
            message: `skills.yaml has no skill '${skill}'`,
          };
        }
      }
    }
  },
};

export const skillUntaught: LintRule = {
  name: 'skill-untaught',
  severity: 'error',
  reason: 'What a module builds on has to be learnt somewhere.',
  *check({ curriculum: { modules, head } }) {
    if (head?.value.imported === 'true') return;
    const taught = new Set(
      modules
        .filter(({ value }) => value.status !== 'deprecated')
        .flatMap(({ value }) => value.teaches),
    );
    for (const module of modules) {
      for (const [index, skill] of module.value.requires.entries()) {
        if (taught.has(skill)) continue;
        yield {
          path: module.path,
          line: module.lineOf(['requires', index]),
          message: `no module teaches '${skill}'`,
        };
      }
    }
  },
};

export const beltUnsatisfiable: LintRule = {
  name: 'belt-unsatisfiable',
  severity: 'error',
  reason: 'A belt nobody can earn is a promise that is not kept.',
  *check({ curriculum }) {
    const { belts, head } = curriculum;
    for (const slug of head?.value.belts ?? []) {
      if (belts.some(({ value }) => value.slug === slug)) continue;
      yield {
        path: head!.path,
        line: head!.lineOf(['belts']),
        message: `there is no file for the belt '${slug}'`,
      };
    }
    for (const belt of belts) {
      if (belt.value.status === 'in-preparation') continue;
      for (const message of hindrances(
        belt.value.award,
        belt.value,
        curriculum,
      )) {
        yield { path: belt.path, line: belt.lineOf(['award']), message };
      }
    }
    for (const { quiz } of quizzesOf(curriculum)) {
      for (const { pick, questions, at } of poolsOf(quiz.value)) {
        const there = questions.filter(({ status }) => status !== 'retired');
        if (there.length >= pick && pick > 0) continue;
        yield {
          path: quiz.path,
          line: quiz.lineOf([...at, 'pick']),
          message: `draws ${pick} questions from a pool of ${there.length}`,
        };
      }
    }
    yield* examFaults(curriculum);
  },
};

function* hindrances(
  rule: Rule,
  belt: BeltFile,
  curriculum: CurriculumRead,
): Generator<string> {
  const { modules, belts } = curriculum;
  if ('all' in rule) {
    for (const part of rule.all) yield* hindrances(part, belt, curriculum);
  } else if ('any' in rule) {
    if (rule.any.length === 0) yield 'an `any` without a way can never hold';
    const ways = rule.any.map(way => [...hindrances(way, belt, curriculum)]);
    if (ways.length > 0 && ways.every(way => way.length > 0)) {
      yield* ways.flat();
    }
  } else if ('belt' in rule) {
    const other = belts.find(({ value }) => value.slug === rule.belt)?.value;
    if (!other) yield `there is no belt '${rule.belt}'`;
    else if (Number(other.order) >= Number(belt.order)) {
      yield `asks for the belt '${rule.belt}', which is not below it`;
    }
  } else if ('modules' in rule) {
    for (const id of rule.modules) {
      const alive = modules.some(
        ({ value }) =>
          (value.id === id && ['active', 'pilot'].includes(value.status)) ||
          value.replaces === id,
      );
      if (!alive) yield `asks for the module ${id}, which nobody can begin`;
    }
  } else if ('exam' in rule) {
    const exam = curriculum.exams.find(({ value }) => value.id === rule.exam);
    if (!exam) yield `asks for the exam ${rule.exam}, which there is not`;
    else if (exam.value.belt !== belt.slug) {
      yield `asks for the exam of another belt, '${exam.value.belt}'`;
    } else if (Number(rule.points) > Number(exam.value.total)) {
      yield `asks for ${rule.points} points of an exam that has ${exam.value.total}`;
    }
  } else if ('labs' in rule) {
    for (const id of rule.labs) {
      const lab = labsOf(curriculum).find(({ value }) => value.id === id);
      if (!lab) yield `asks for the lab ${id}, which there is not`;
      else if (rule.minAssurance && !reaches(lab.value, rule.minAssurance)) {
        yield `asks for more assurance than the checks of the lab ${id} can give`;
      }
    }
  }
}

/** What hinders an exam from being taken as it is meant. */
function* examFaults(curriculum: CurriculumRead): Generator<Found> {
  const { belts, exams, examLabs } = curriculum;
  for (const exam of exams) {
    const { path, lineOf, value } = exam;
    if (!belts.some(belt => belt.value.slug === value.belt)) {
      const message = `belt: there is no belt '${value.belt}'`;
      yield { path, line: lineOf(['belt']), message };
    }
    for (const [index, id] of (value.labs ?? []).entries()) {
      const lab = examLabs.find(each => each.value.id === id);
      const line = lineOf(['labs', index]);
      if (!lab) {
        const message = `labs: belts/labs has no lab ${id}`;
        yield { path, line, message };
      } else if (lab.value.attribution === 'owner') {
        const message = `labs: the lab '${lab.value.slug}' lets the work of others count`;
        yield { path, line, message };
      }
    }
  }
}

/** Labs that count into an exam. */
function examLabsOf(
  value: QuizFile | ExamFile,
  { examLabs }: CurriculumRead,
): LabRead[] {
  const ids = value.kind === 'Exam' ? value.labs ?? [] : [];
  return examLabs.filter(lab => ids.includes(lab.value.id));
}

export const keyInline: LintRule = {
  name: 'key-inline',
  severity: 'error',
  reason: 'Whoever can read the content can read the keys of its exam.',
  *check({ curriculum: { exams } }) {
    for (const { path, value, lineOf } of exams) {
      if (value.sample === 'true') continue;
      yield {
        path,
        line: lineOf([value.pools ? 'pools' : 'questions']),
        message:
          'sample: its keys lie in the content, so say that its items are public with sample: true',
      };
    }
  },
};

export const examPool: LintRule = {
  name: 'exam-pool',
  severity: 'warning',
  reason: 'Whoever comes again should not meet the questions they know.',
  *check({ curriculum: { exams } }) {
    for (const { path, value, lineOf } of exams) {
      for (const { pick, questions, at } of poolsOf(value)) {
        const there = questions.filter(({ status }) => status !== 'retired');
        if (there.length >= 2 * pick) continue;
        yield {
          path,
          line: lineOf([...at, 'pick']),
          message: `draws ${pick} of ${there.length} questions; less than half of a pool can be drawn anew`,
        };
      }
    }
  },
};

const ASSURANCES: readonly Assurance[] = [
  'self-reported',
  'attested',
  'observed',
];

/** Whether every required check of a lab, or any where none is, can be known so well. */
function reaches({ checks, attribution }: LabFile, least: Assurance): boolean {
  const enough = ({ type }: LabFile['checks'][number]) => {
    const best = CHECK_TYPES[type]?.assurance ?? 'observed';
    const reached = ASSURANCES.indexOf(best);
    const most = attribution === 'owner' ? ASSURANCES.indexOf('attested') : 2;
    return Math.min(reached, most) >= ASSURANCES.indexOf(least);
  };
  const required = checks.filter(check => check.required === 'true');
  return required.length > 0 ? required.every(enough) : checks.some(enough);
}

export const pointsTotal: LintRule = {
  name: 'points-total',
  severity: 'error',
  reason: 'Whoever draws other questions must be able to earn as much.',
  *check(context) {
    yield* labPoints(context);
    const { curriculum } = context;
    for (const { quiz } of quizzesOf(curriculum)) {
      let sum = examLabsOf(quiz.value, curriculum).reduce(
        (all, { value }) => all + Number(value.total),
        0,
      );
      for (const { pick, questions, at } of poolsOf(quiz.value)) {
        const graded = questions.filter(({ type }) => type !== 'open');
        const points = new Set(
          graded
            .filter(({ status }) => status !== 'retired')
            .map(each => Number(each.points)),
        );
        if (
          points.size > 1 ||
          (points.size > 0 && graded.length < questions.length)
        ) {
          yield {
            path: quiz.path,
            line: quiz.lineOf([...at, 'questions']),
            message:
              'all questions of a pool carry the same points, and open ones stand in a pool of their own',
          };
        }
        sum += pick * ([...points][0] ?? 0);
      }
      for (const { questions, at } of poolsOf(quiz.value)) {
        for (const [index, { type, points }] of questions.entries()) {
          if (type !== 'open' || points === '0') continue;
          yield {
            path: quiz.path,
            line: quiz.lineOf([...at, 'questions', index, 'points']),
            message:
              'an open question is judged by the learner and carries 0 points',
          };
        }
      }
      if (sum !== Number(quiz.value.total)) {
        yield {
          path: quiz.path,
          line: quiz.lineOf(['total']),
          message:
            quiz.value.kind === 'Exam'
              ? `total: the drawn questions and the labs carry ${sum} points`
              : `total: the drawn questions carry ${sum} points`,
        };
      }
    }
  },
};

export const minutes: LintRule = {
  name: 'minutes',
  severity: 'error',
  reason: 'People plan their day by it.',
  *check({ curriculum: { modules } }): Iterable<Found> {
    for (const module of modules) {
      const stated = Number(module.value.durationMinutes);
      const parts = [...module.lessons, ...module.quizzes, ...module.labs];
      const sum = parts.reduce(
        (all, part) => all + Number(part.value.minutes),
        0,
      );
      if (10 * Math.abs(sum - stated) <= stated) continue;
      yield {
        path: module.path,
        line: module.lineOf(['durationMinutes']),
        message: `durationMinutes: its parts take ${sum} minutes, more than 10 % away`,
      };
    }
  },
};

export const longWithoutSessions: LintRule = {
  name: 'long-without-sessions',
  severity: 'warning',
  reason: 'Nobody learns for more than ninety minutes in one go.',
  *check({ curriculum: { modules } }) {
    for (const module of modules) {
      if (Number(module.value.durationMinutes) <= 90) continue;
      if ((module.value.sessions ?? []).length > 1) continue;
      yield {
        path: module.path,
        line: module.lineOf(['durationMinutes']),
        message:
          'takes more than 90 minutes; say with `sessions` where to pause',
      };
    }
  },
};
