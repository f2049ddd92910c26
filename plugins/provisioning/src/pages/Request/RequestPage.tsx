import { useRouteRefParams } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import type { ProvisioningRequest } from '@fawkes/backstage-plugin-provisioning-common';
import { PageSkeleton } from '@fawkes/kit-ui/states';
import { layout } from '@fawkes/kit-ui/values';
import { useParams } from 'react-router-dom';
import { BelowList } from '../../components/frame';
import { Answer } from '../../components/installed';
import { REQUEST_PARTS, type RequestPart } from '../../components/paths';
import { QueryProvider, useLiveProvisioning, useRequest } from '../../hooks';
import { requestRouteRef } from '../../routes';
import { provisioningTranslationRef } from '../../translation';
import { Access } from './Access';
import { Changes } from './Changes';
import { Logs } from './Logs';
import { Overview } from './Overview';
import { Releases } from './Releases';
import { RequestHeader } from './RequestHeader';

/**
 * One request: the run that goes on, what exists, and what can be done with it.
 * Its address is all there is to keep: a reload, or another browser, shows the same.
 * @public
 */
export function RequestPage() {
  return (
    <QueryProvider>
      <Content />
    </QueryProvider>
  );
}

function Content() {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { id } = useRouteRefParams(requestRouteRef);
  const { part: asked } = useParams();
  const part = REQUEST_PARTS.find(each => each === asked);
  const query = useRequest(id);
  useLiveProvisioning();
  return (
    <Answer
      query={query}
      skeleton={<PageSkeleton label={t('state.loading')} />}
      errorTitle={t('request.loadFailed')}
      frame={BelowList}
    >
      {request => (
        <>
          <RequestHeader request={request} part={part} />
          <Container>
            {/* A new key, so that a half-filled dialog stays with its request. */}
            <div key={id} className={layout.page}>
              <Part request={request} part={part} />
            </div>
          </Container>
        </>
      )}
    </Answer>
  );
}

function Part({
  request,
  part,
}: {
  request: ProvisioningRequest;
  part: RequestPart | undefined;
}) {
  switch (part) {
    case 'releases':
      return <Releases request={request} />;
    case 'logs':
      return <Logs request={request} />;
    case 'changes':
      return <Changes request={request} />;
    case 'access':
      return <Access request={request} />;
    default:
      return <Overview request={request} />;
  }
}
