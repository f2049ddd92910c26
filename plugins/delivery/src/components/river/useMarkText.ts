import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeploymentSummary } from '@fawkes/backstage-plugin-delivery-common';
import { useMemo } from 'react';
import { useFormat } from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';
import { instantOf, nameOf, outcomeOf } from '../facts/outcome';

/** A deployment in words: what a screen reader says and the tooltip shows. */
export function useMarkText(tz?: string) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat(tz);
  return useMemo(() => {
    const recovery = (deployment: DeploymentSummary): string | undefined => {
      if (!deployment.failed) return undefined;
      return deployment.recoverySeconds === null
        ? t('fact.river.open')
        : t('fact.river.mended', {
            duration: format.duration(deployment.recoverySeconds),
          });
    };
    return {
      recovery,
      lines(deployment: DeploymentSummary): string[] {
        const at = instantOf(deployment);
        return [
          `${nameOf(deployment)} → ${deployment.environment}`,
          t(`fact.outcome.${outcomeOf(deployment)}`),
          at ? format.instant(at) : t('fact.unknown'),
          t('fact.changes', { count: deployment.changes }),
          recovery(deployment),
        ].filter((line): line is string => line !== undefined);
      },
    };
  }, [format, t]);
}
