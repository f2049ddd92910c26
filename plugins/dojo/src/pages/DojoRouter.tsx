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
      <Suspense fallback={<Waiting />}>
        <Routes>
          <Route index element={<DojoPage />} />
          <Route path="modules/:module" element={<ModulePage />} />
          <Route
            path="modules/:module/lessons/:lesson"
            element={<LessonPage />}
          />
          <Route path="modules/:module/quizzes/:quiz" element={<QuizPage />} />
        </Routes>
      </Suspense>
    </QueryProvider>
  );
}
