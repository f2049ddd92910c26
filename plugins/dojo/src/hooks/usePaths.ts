import { useRouteRef } from '@backstage/core-plugin-api';
import type { NextStep } from '@fawkes/backstage-plugin-dojo-common';
import {
  beltRouteRef,
  examLabRouteRef,
  examRouteRef,
  labRouteRef,
  lessonRouteRef,
  mineRouteRef,
  moduleRouteRef,
  quizRouteRef,
  revocationsRouteRef,
  rootRouteRef,
  teamsRouteRef,
} from '../routes';

/** Where the pages of the dojo are. */
export function usePaths() {
  const root = useRouteRef(rootRouteRef);
  const module = useRouteRef(moduleRouteRef);
  const lesson = useRouteRef(lessonRouteRef);
  const quiz = useRouteRef(quizRouteRef);
  const lab = useRouteRef(labRouteRef);
  const belt = useRouteRef(beltRouteRef);
  const exam = useRouteRef(examRouteRef);
  const examLab = useRouteRef(examLabRouteRef);
  const mine = useRouteRef(mineRouteRef);
  const teams = useRouteRef(teamsRouteRef);
  const revocations = useRouteRef(revocationsRouteRef);
  return {
    root,
    mine,
    teams,
    revocations,
    module: (slug: string) => module({ module: slug }),
    lesson: (slug: string, name: string) =>
      lesson({ module: slug, lesson: name }),
    quiz: (slug: string, name: string) => quiz({ module: slug, quiz: name }),
    lab: (slug: string, name: string) => lab({ module: slug, lab: name }),
    belt: (slug: string) => belt({ belt: slug }),
    exam: (slug: string) => exam({ belt: slug }),
    examLab: (slug: string, name: string) => examLab({ belt: slug, lab: name }),
    step: ({ kind, module: slug, part }: NextStep) => {
      if (kind === 'exam') return exam({ belt: slug });
      if (kind === 'exam-lab') return examLab({ belt: slug, lab: part });
      if (kind === 'lab') return lab({ module: slug, lab: part });
      return kind === 'lesson' || kind === 'corrective'
        ? lesson({ module: slug, lesson: part })
        : quiz({ module: slug, quiz: part });
    },
  };
}
