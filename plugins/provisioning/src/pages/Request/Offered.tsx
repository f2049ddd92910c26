import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import type { ProvisioningRequest } from '@fawkes/backstage-plugin-provisioning-common';
import { useEntityTitles } from '@fawkes/kit-ui/query';
import { layout } from '@fawkes/kit-ui/values';
import { Refused } from '../../components/access';
import { useCommand } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';

/** It was offered to another group, which answers here. */
export function Offered({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { id, owner, pendingOwner, allowances } = request;
  const titleOf = useEntityTitles(pendingOwner ? [pendingOwner, owner] : []);
  const answer = useCommand((api, accept: boolean) =>
    api.transfer({ id, body: { accept } }),
  );
  if (pendingOwner === null) return null;
  const mayAnswer = allowances.some(
    ({ action, allowed }) => action === 'accept_transfer' && allowed,
  );
  return (
    <Alert
      status="info"
      icon
      title={t('transfer.offered', {
        owner: titleOf(owner),
        to: titleOf(pendingOwner),
      })}
      description={
        <div className={layout.stack}>
          <p>{t(mayAnswer ? 'transfer.answer' : 'transfer.waits')}</p>
          <Refused error={answer.error} />
        </div>
      }
      customActions={
        mayAnswer ? (
          <>
            <Button
              size="small"
              variant="primary"
              isPending={answer.isPending}
              onPress={() => answer.mutate(true)}
            >
              {t('transfer.accept')}
            </Button>
            <Button
              size="small"
              variant="secondary"
              isPending={answer.isPending}
              onPress={() => answer.mutate(false)}
            >
              {t('transfer.refuse')}
            </Button>
          </>
        ) : undefined
      }
    />
  );
}
