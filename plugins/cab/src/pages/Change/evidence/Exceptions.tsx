import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  WAIVABLE,
  type CabException,
  type Change,
  type EvidenceResponse,
} from '@fawkes/backstage-plugin-cab-common';
import { ErrorState } from '@fawkes/kit-ui/states';
import { layout } from '@fawkes/kit-ui/values';
import {
  ExceptionItem,
  RequestException,
} from '../../../components/exceptions';
import { useCommand } from '../../../hooks';
import { cabTranslationRef } from '../../../translation';

/** Doing without what is missing: exceptions that are there, and a way to ask for one. */
export function Exceptions({
  change,
  evidence: { usable, missing, attach },
}: {
  change: Change;
  evidence: EvidenceResponse;
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  if (attach !== null) return null;
  return (
    <div className={layout.stack}>
      {usable.length > 0 ? (
        <div className={layout.tight}>
          <strong>{t('exceptions.usable')}</strong>
          <ul className={layout.items} aria-label={t('exceptions.usable')}>
            {usable.map(exception => (
              <ExceptionItem
                key={exception.id}
                exception={exception}
                hidesEntity
              >
                <Apply change={change} exception={exception} />
              </ExceptionItem>
            ))}
          </ul>
        </div>
      ) : null}
      <div>
        <RequestException
          entityRef={change.entity.ref}
          environment={change.environment}
          waives={WAIVABLE.find(waives =>
            missing.some(kind => kind === waives),
          )}
        />
      </div>
    </div>
  );
}

function Apply({
  change: { id },
  exception,
}: {
  change: Change;
  exception: CabException;
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  const command = useCommand(api =>
    api.applyException({ id, body: { exceptionId: exception.id } }),
  );
  return (
    <>
      <Button
        size="small"
        variant="primary"
        isPending={command.isPending}
        onPress={() => command.mutate(undefined)}
      >
        {t('exceptions.apply')}
      </Button>
      {command.error ? (
        <ErrorState title={t('exceptions.applyFailed')} error={command.error} />
      ) : null}
    </>
  );
}
