import { useRouteRef } from '@backstage/core-plugin-api';
import type { NextStep } from '@fawkes/backstage-plugin-dojo-common';
import {
  lessonRouteRef,
  moduleRouteRef,
  quizRouteRef,
  rootRouteRef,
} from '../routes';

/** Where the pages of the dojo are. */
export function usePaths() {
  const root = useRouteRef(rootRouteRef);
  const module = useRouteRef(moduleRouteRef);
  const lesson = useRouteRef(lessonRouteRef);
  const quiz = useRouteRef(quizRouteRef);
  return {
    root,
    module: (slug: string) => module({ module: slug }),
    lesson: (slug: string, name: string) =>
      lesson({ module: slug, lesson: name }),
    quiz: (slug: string, name: string) => quiz({ module: slug, quiz: name }),
    step: (step: NextStep) =>
      step.kind === 'lesson' || step.kind === 'corrective'
        ? lesson({ module: step.module, lesson: step.part })
        : quiz({ module: step.module, quiz: step.part }),
  };
}
