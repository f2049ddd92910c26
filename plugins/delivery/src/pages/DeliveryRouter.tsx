import { lazy, Suspense } from 'react';
import { Container, Header } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Outlet, Route, Routes, useLocation } from 'react-router-dom';
import { PageSkeleton } from '@fawkes/kit-ui/states';
import { qualityRouteRef, rootRouteRef } from '../routes';
import { deliveryTranslationRef } from '../translation';
import { DoraPage } from './Dora';

const QualityPage = lazy(() =>
  import('./Quality').then(m => ({ default: m.QualityPage })),
);
const DeploymentPage = lazy(() =>
  import('./Deployment').then(m => ({ default: m.DeploymentPage })),
);
const ChangePage = lazy(() =>
  import('./Change').then(m => ({ default: m.ChangePage })),
);

/** Title and tabs of the pages that stand side by side. */
function Tabbed() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const root = useRouteRef(rootRouteRef)();
  const quality = useRouteRef(qualityRouteRef)();
  const { pathname } = useLocation();
  return (
    <>
      <Header
        title={t('page.title')}
        tabs={[
          { id: 'dora', label: t('page.tab.dora'), href: root },
          { id: 'quality', label: t('page.tab.quality'), href: quality },
        ]}
        activeTabId={pathname.startsWith(quality) ? 'quality' : 'dora'}
      />
      <Suspense fallback={<Waiting />}>
        <Outlet />
      </Suspense>
    </>
  );
}

function Waiting() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <Container>
      <PageSkeleton label={t('state.loading')} />
    </Container>
  );
}

/** Every page below the delivery route. */
export function DeliveryRouter() {
  return (
    <Suspense fallback={<Waiting />}>
      <Routes>
        <Route element={<Tabbed />}>
          <Route index element={<DoraPage />} />
          <Route path="quality" element={<QualityPage />} />
        </Route>
        <Route path="deployments/:key" element={<DeploymentPage />} />
        <Route path="changes/:key" element={<ChangePage />} />
      </Routes>
    </Suspense>
  );
}
