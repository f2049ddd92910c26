import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import { layout } from '@fawkes/kit-ui/values';
import { provisioningTranslationRef } from '../../translation';
import { SaidText } from '../words';
import { isSame, type PlanDifference } from './planDifference';

/** The plan is another one now: what is new, gone or different in it. */
export function PlanChanged({ difference }: { difference: PlanDifference }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { added, gone, changed, files } = difference;
  const rows = [
    ...added.map(effect => ({ how: 'added', effect } as const)),
    ...gone.map(effect => ({ how: 'gone', effect } as const)),
    ...changed.map(effect => ({ how: 'changed', effect } as const)),
  ];
  return (
    <Alert
      role="alert"
      status="warning"
      icon
      title={t('plan.changed')}
      description={
        <div className={layout.stack}>
          <p>{t('plan.changedText')}</p>
          <ul className={layout.points}>
            {rows.map(({ how, effect }) => (
              <li key={`${how}:${effect.id}`}>
                {t(`plan.changed.${how}`)} <SaidText said={effect.title} />
              </li>
            ))}
            {files.length > 0 ? (
              <li>{t('plan.changed.files', { files: files.join(', ') })}</li>
            ) : null}
            {isSame(difference) ? <li>{t('plan.changed.facts')}</li> : null}
          </ul>
        </div>
      }
    />
  );
}
