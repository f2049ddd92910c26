import type { NextStep } from '@fawkes/backstage-plugin-dojo-common';
import type {
  PublishedLab,
  PublishedModule,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import { hindranceOf, LABS_MS, marksOf } from '../belts/exams';
import { modulesOf, type Known } from '../belts/view';
import type { FoundExam, Revision } from '../content/library';
import type { LearnDeps } from './deps';
import { lackingFor } from './needs';
import type { Progress } from './progress';

/** A curriculum, and what a person has of it. */
interface Shelf {
  shelf: Revision;
  known: Known;
}

/** One thing to do next: what is open, then by belts what is not done: modules, exam. */
export function nextStep(
  shelves: readonly Shelf[],
  deps: Pick<LearnDeps, 'checks' | 'now'>,
): NextStep | null {
  for (const each of shelves) {
    const open = openAttempt(each);
    if (open) return open;
  }
  for (const { shelf, known } of shelves) {
    // What cannot be done here is no next step.
    const canDo = (lab: PublishedLab) =>
      lackingFor(lab, shelf, deps.checks).length === 0;
    for (const belt of shelf.content.belts) {
      for (const module of modulesOf(shelf.content, belt.modules)) {
        const step = stepIn(module, known.progress, canDo);
        if (step) return step;
      }
      const exam = shelf.examOf(belt.slug);
      const step = exam && examStep(exam, known, canDo, deps.now());
      if (step) return step;
    }
  }
  return null;
}

function openAttempt({ shelf, known: { progress } }: Shelf): NextStep | null {
  for (const belt of shelf.content.belts) {
    for (const module of modulesOf(shelf.content, belt.modules)) {
      const open = module.quizzes.find(quiz => progress.isOpen(quiz));
      if (open) return stepTo('attempt', module, open.slug, open);
    }
    const exam = shelf.examOf(belt.slug)?.exam;
    if (exam && progress.isOpen(exam)) {
      const minutes = exam.clockMinutes;
      return stepTo('exam', belt, exam.slug, { title: exam.title, minutes });
    }
  }
  return null;
}

/** What comes next of an exam: its questions, then labs that bring points still. */
function examStep(
  found: FoundExam,
  { progress, facts, awards }: Known,
  canDo: (lab: PublishedLab) => boolean,
  at: number,
): NextStep | null {
  const { belt, exam } = found;
  if (belt.inPreparation || awards.some(each => each.belt_id === belt.id)) {
    return null;
  }
  if (marksOf(exam, facts).passed) return null;
  const [last] = progress.attemptsAt(exam);
  if (last) {
    const lab = exam.labs.find(
      each => progress.labPassedAt(each) === null && canDo(each),
    );
    if (lab && last.started_at + LABS_MS > at) {
      return stepTo('exam-lab', belt, lab.slug, lab);
    }
  }
  return hindranceOf(found, facts, { last, at })
    ? null
    : stepTo('exam', belt, exam.slug, {
        title: exam.title,
        minutes: exam.clockMinutes,
      });
}

/** What comes next in a module that is not done, and that can be done here. */
function stepIn(
  module: PublishedModule,
  progress: Progress,
  canDo: (lab: PublishedLab) => boolean,
): NextStep | null {
  if (progress.standing(module) === 'done') return null;
  for (const quiz of module.quizzes) {
    const [first] = progress.toOpen(module, quiz);
    const lesson = module.lessons.find(({ name }) => name === first);
    if (lesson && progress.passedAt(quiz) === null) {
      return stepTo('corrective', module, lesson.name, lesson);
    }
  }
  const unread = module.lessons.find(
    ({ name }) => progress.readAt(module, name) === null,
  );
  if (unread) return stepTo('lesson', module, unread.name, unread);
  const quiz = module.quizzes.find(each => progress.passedAt(each) === null);
  if (quiz) return stepTo('quiz', module, quiz.slug, quiz);
  const lab = module.labs.find(
    each => progress.labPassedAt(each) === null && canDo(each),
  );
  return lab ? stepTo('lab', module, lab.slug, lab) : null;
}

function stepTo(
  kind: NextStep['kind'],
  module: { slug: string; title: string },
  part: string,
  { title, minutes }: { title: string; minutes: number },
): NextStep {
  return {
    kind,
    module: module.slug,
    moduleTitle: module.title,
    part,
    title,
    minutes,
  };
}
