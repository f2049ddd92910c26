import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import { PageSkeleton } from '@fawkes/kit-ui/states';
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { QueryProvider } from '../hooks';
import { dojoTranslationRef } from '../translation';
import { DojoPage } from './Dojo';

const ModulePage = lazy(() =>
  import('./Module').then(m => ({ default: m.ModulePage })),
);
const LessonPage = lazy(() =>
  import('./Lesson').then(m => ({ default: m.LessonPage })),
);
const BeltPage = lazy(() =>
  import('./Belt').then(m => ({ default: m.BeltPage })),
);
const ExamPage = lazy(() =>
  import('./Belt').then(m => ({ default: m.ExamPage })),
);
const ExamLabPage = lazy(() =>
  import('./Lab').then(m => ({ default: m.ExamLabPage })),
);
const LabPage = lazy(() => import('./Lab').then(m => ({ default: m.LabPage })));
const MinePage = lazy(() =>
  import('./Mine').then(m => ({ default: m.MinePage })),
);
const TeamsPage = lazy(() =>
  import('./Teams').then(m => ({ default: m.TeamsPage })),
);
const RevocationsPage = lazy(() =>
  import('./Revocations').then(m => ({ default: m.RevocationsPage })),
);
const QuizPage = lazy(() =>
  import('./Quiz').then(m => ({ default: m.QuizPage })),
);

function Waiting() {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <Container>
      <PageSkeleton label={t('state.loading')} />
    </Container>
  );
}

/** Every page below the dojo's route. */
export function DojoRouter() {
  return (
    <QueryProvider>
      {/* No frame around a page has one: readers by ear jump to it. */}
      <main>
        <Suspense fallback={<Waiting />}>
          <Routes>
            <Route index element={<DojoPage />} />
            <Route path="modules/:module" element={<ModulePage />} />
            <Route
              path="modules/:module/lessons/:lesson"
              element={<LessonPage />}
            />
            <Route path="modules/:module/labs/:lab" element={<LabPage />} />
            <Route path="mine" element={<MinePage />} />
            <Route path="teams" element={<TeamsPage />} />
            <Route path="revocations" element={<RevocationsPage />} />
            <Route path="belts/:belt" element={<BeltPage />} />
            <Route path="belts/:belt/exam" element={<ExamPage />} />
            <Route path="belts/:belt/labs/:lab" element={<ExamLabPage />} />
            <Route
              path="modules/:module/quizzes/:quiz"
              element={<QuizPage />}
            />
          </Routes>
        </Suspense>
      </main>
    </QueryProvider>
  );
}
