import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, ButtonLink } from '@backstage/ui';
import type { ProvisioningRequest } from '@fawkes/backstage-plugin-provisioning-common';
import { usePaths } from '../../components/paths';
import { useRevisions } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';

/** An update waits to be looked at. */
export function OpenReview({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const paths = usePaths();
  const { data } = useRevisions(request.id);
  const waiting = data?.items.find(({ review }) => review?.state === 'open');
  const href = paths.request(request.id, 'changes');
  if (!waiting || !href) return null;
  return (
    <Alert
      status="info"
      icon
      title={t('review.waits', { revision: String(waiting.revision) })}
      customActions={
        <ButtonLink size="small" variant="secondary" href={href}>
          {t('review.look')}
        </ButtonLink>
      }
    />
  );
}
