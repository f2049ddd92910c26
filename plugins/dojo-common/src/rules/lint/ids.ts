import type { CurriculumRead } from '../content/readCurriculum';
import {
  questionsOf,
  type Found,
  type LintContext,
  type LintRule,
} from './context';
import type { Place } from './findings';

interface Id extends Place {
  id: string;
  kind: string;
  slug: string;
}

/** Every id of a curriculum with its kind and its slug. */
export function* idsOf(curriculum: CurriculumRead): Generator<Id> {
  const { head, belts, modules, exams, examLabs } = curriculum;
  if (head) yield idAt('curriculum', head.value.slug, head);
  for (const belt of belts) {
    yield idAt('belt', belt.value.slug, belt);
    for (const [index, { id, title }] of (belt.value.planned ?? []).entries()) {
      const line = belt.lineOf(['planned', index]);
      // Until it is written it has no slug; its id is taken all the same.
      yield { id, kind: 'planned', slug: title, path: belt.path, line };
    }
  }
  for (const module of modules) {
    yield idAt('module', module.value.slug, module);
    for (const quiz of module.quizzes) {
      yield idAt('quiz', quiz.value.slug, quiz);
    }
    for (const lab of module.labs) yield idAt('lab', lab.value.slug, lab);
  }
  for (const exam of exams) yield idAt('exam', exam.value.slug, exam);
  for (const lab of examLabs) yield idAt('lab', lab.value.slug, lab);
  for (const { quiz, question, line } of questionsOf(curriculum)) {
    yield {
      id: question.id,
      kind: 'question',
      slug: question.id,
      path: quiz.path,
      line,
    };
  }
}

function idAt(
  kind: string,
  slug: string,
  read: { path: string; value: { id: string }; lineOf(path: string[]): number },
): Id {
  return {
    id: read.value.id,
    kind,
    slug,
    path: read.path,
    line: read.lineOf(['id']),
  };
}

export const idDuplicate: LintRule = {
  name: 'id-duplicate',
  severity: 'error',
  reason: 'Progress is kept by id: two things with one id would share it.',
  *check({ curriculum }) {
    const ids = new Map<string, Id>();
    const slugs = new Map<string, Id>();
    for (const each of idsOf(curriculum)) {
      const name = `${each.kind} ${each.slug}`;
      const same = ids.get(each.id) ?? slugs.get(name);
      if (same && !isSuccessor(same, each)) {
        const what = ids.has(each.id) ? 'id' : 'slug';
        yield {
          ...placeOf(each),
          message: `the ${what} of this ${each.kind} is that of ${same.path}:${same.line} too; give it one of its own`,
        };
      }
      ids.set(each.id, each);
      slugs.set(name, each);
    }
  },
};

/** A planned module and the module that was written keep one id. */
function isSuccessor(a: Id, b: Id): boolean {
  return (
    a.id === b.id && [a.kind, b.kind].sort().join(' ') === 'module planned'
  );
}

/** What was there before: the lock, and what is published. */
function* historyOf({ curriculum, published }: LintContext) {
  for (const [index, entry] of (curriculum.lock?.value.ids ?? []).entries()) {
    yield { ...entry, line: curriculum.lock!.lineOf(['ids', index]) };
  }
  if (published) for (const id of idsOf(published)) yield id;
}

export const idChanged: LintRule = {
  name: 'id-changed',
  severity: 'error',
  reason: 'Whoever finished the old id would have to begin anew.',
  *check(context) {
    const known = new Map<string, string>();
    const gone = new Set<string>();
    const now = [...idsOf(context.curriculum)];
    const present = new Set(now.map(({ id }) => id));
    for (const { id, kind, slug } of historyOf(context)) {
      known.set(`${kind} ${slug}`, id);
      if (!present.has(id)) gone.add(id);
    }
    for (const each of now) {
      const before = known.get(`${each.kind} ${each.slug}`);
      if (before === undefined || before === each.id || !gone.has(before))
        continue;
      yield {
        ...placeOf(each),
        message: `the ${each.kind} '${each.slug}' had another id before; ids never change`,
      };
    }
  },
};

export const idRemoved: LintRule = {
  name: 'id-removed',
  severity: 'error',
  reason:
    'What people have done is known by its id, so it stays: deprecated or retired, never deleted.',
  *check(context) {
    const now = [...idsOf(context.curriculum)];
    const present = new Set(now.map(({ id }) => id));
    const slugs = new Set(now.map(({ kind, slug }) => `${kind} ${slug}`));
    const told = new Set<string>();
    for (const { id, kind, slug } of historyOf(context)) {
      // Under the same slug it is changed, which another rule says.
      if (present.has(id) || told.has(id) || slugs.has(`${kind} ${slug}`))
        continue;
      if (kind === 'planned') continue;
      told.add(id);
      yield {
        path: context.curriculum.lock?.path ?? 'ids.lock',
        line: 1,
        message: `the ${kind} '${slug}' is gone; deprecate or retire it instead`,
      };
    }
  },
};

export const idUnlocked: LintRule = {
  name: 'id-unlocked',
  severity: 'error',
  reason: 'With --immutable the lock has to know every id already.',
  *check({ curriculum, immutable }): Iterable<Found> {
    if (!immutable) return;
    const locked = new Set(curriculum.lock?.value.ids.map(({ id }) => id));
    for (const each of idsOf(curriculum)) {
      if (locked.has(each.id) || each.kind === 'planned') continue;
      yield {
        ...placeOf(each),
        message: `ids.lock does not have this ${each.kind}; run the linter without --immutable`,
      };
    }
  },
};

function placeOf({ path, line }: Place): Place {
  return { path, line };
}

/** The lock with the ids it did not have yet, as text. @public */
export function lockWith(curriculum: CurriculumRead): string {
  const ids = [...(curriculum.lock?.value.ids ?? [])];
  const known = new Set(ids.map(({ id }) => id));
  for (const { id, kind, slug } of idsOf(curriculum)) {
    if (known.has(id) || kind === 'planned') continue;
    known.add(id);
    ids.push({ id, kind, slug });
  }
  const lines = ids.map(
    ({ id, kind, slug }) => `  - { id: ${id}, kind: ${kind}, slug: ${slug} }`,
  );
  return [
    '# Every id there ever was. Written by `yarn dojo lint`; nothing is ever taken out.',
    'apiVersion: dojo/v1',
    'kind: Ids',
    ids.length > 0 ? 'ids:' : 'ids: []',
    ...lines,
    '',
  ].join('\n');
}
