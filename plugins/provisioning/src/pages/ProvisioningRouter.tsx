import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container, Header } from '@backstage/ui';
import { PageSkeleton } from '@fawkes/kit-ui/states';
import { lazy, Suspense } from 'react';
import { Outlet, Route, Routes, useLocation } from 'react-router-dom';
import { useMayOperate } from '../hooks';
import { gpuRouteRef, operatorRouteRef, rootRouteRef } from '../routes';
import { provisioningTranslationRef } from '../translation';
import { RequestsPage } from './Requests';

const NewPage = lazy(() => import('./New').then(m => ({ default: m.NewPage })));
const RequestPage = lazy(() =>
  import('./Request').then(m => ({ default: m.RequestPage })),
);
const UpdatePage = lazy(() =>
  import('./Update').then(m => ({ default: m.UpdatePage })),
);
const DestroyPage = lazy(() =>
  import('./Destroy').then(m => ({ default: m.DestroyPage })),
);
const GpuPage = lazy(() => import('./Gpu').then(m => ({ default: m.GpuPage })));
const OperatorPage = lazy(() =>
  import('./Operator').then(m => ({ default: m.OperatorPage })),
);

/** Title and tabs of the pages that stand side by side; who may not operate sees no tab. */
function Tabbed() {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const root = useRouteRef(rootRouteRef)();
  const operator = useRouteRef(operatorRouteRef)();
  const gpu = useRouteRef(gpuRouteRef)();
  const operates = useMayOperate();
  const { pathname } = useLocation();
  const tabs = [
    { id: 'mine', label: t('list.tab.mine'), href: root },
    { id: 'gpu', label: t('list.tab.gpu'), href: gpu },
    ...(operates
      ? [{ id: 'operator', label: t('list.tab.operator'), href: operator }]
      : []),
  ];
  const active = tabs.findLast(({ href }) => pathname.startsWith(href));
  return (
    <>
      <Header
        title={t('list.title')}
        tabs={tabs}
        activeTabId={active?.id ?? 'mine'}
      />
      <Suspense fallback={<Waiting />}>
        <Outlet />
      </Suspense>
    </>
  );
}

function Waiting() {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <Container>
      <PageSkeleton label={t('state.loading')} />
    </Container>
  );
}

/** Every page below the provisioning route. */
export function ProvisioningRouter() {
  return (
    <Suspense fallback={<Waiting />}>
      <Routes>
        <Route element={<Tabbed />}>
          <Route index element={<RequestsPage />} />
          <Route path="gpu" element={<GpuPage />} />
          <Route path="operator" element={<OperatorPage />} />
        </Route>
        <Route path="new" element={<NewPage />} />
        <Route path="requests/:id/update" element={<UpdatePage />} />
        <Route path="requests/:id/destroy" element={<DestroyPage />} />
        <Route path="requests/:id/:part?" element={<RequestPage />} />
      </Routes>
    </Suspense>
  );
}
