import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import { PageSkeleton } from '@fawkes/kit-ui/states';
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { QueryProvider } from '../hooks';
import { cabTranslationRef } from '../translation';
import { BoardPage } from './Board';

const NewPage = lazy(() => import('./New').then(m => ({ default: m.NewPage })));
const CalendarPage = lazy(() =>
  import('./Calendar').then(m => ({ default: m.CalendarPage })),
);
const EditPage = lazy(() =>
  import('./Edit').then(m => ({ default: m.EditPage })),
);
const ChangePage = lazy(() =>
  import('./Change').then(m => ({ default: m.ChangePage })),
);

function Waiting() {
  const { t } = useTranslationRef(cabTranslationRef);
  return (
    <Container>
      <PageSkeleton label={t('state.loading')} />
    </Container>
  );
}

/** Every page below the route of the plugin. */
export function CabRouter() {
  return (
    <QueryProvider>
      <Suspense fallback={<Waiting />}>
        <Routes>
          <Route index element={<BoardPage />} />
          <Route path="new" element={<NewPage />} />
          <Route path="calendar" element={<CalendarPage />} />
          <Route path=":id/edit" element={<EditPage />} />
          <Route path=":id" element={<ChangePage />} />
        </Routes>
      </Suspense>
    </QueryProvider>
  );
}
