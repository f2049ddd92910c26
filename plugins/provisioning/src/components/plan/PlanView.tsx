import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type { Plan } from '@fawkes/backstage-plugin-provisioning-common';
import { layout, Section } from '@fawkes/kit-ui/values';
import { provisioningTranslationRef } from '../../translation';
import { PlannedEffects } from '../effects';
import { FileBrowser, formatBytes } from '../files';
import { CostText, IsolationText, SaidList } from '../words';
import { useFormat } from '@fawkes/kit-ui/values';

/** What would happen: what is in its way, what is done, files, cost, what it relies on. */
export function PlanView({ plan }: { plan: Plan }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { locale, count } = useFormat();
  const bytes = plan.files.reduce((sum, { size }) => sum + size, 0);
  return (
    <>
      {plan.obstacles.length > 0 ? (
        <Alert
          status="warning"
          icon
          title={t('plan.obstacles')}
          description={<SaidList items={plan.obstacles} />}
        />
      ) : null}
      <Section title={t('plan.effects')} description={t('plan.effectsText')}>
        <PlannedEffects effects={plan.effects} label={t('plan.effects')} />
      </Section>
      {plan.isolation ? (
        <Section title={t('plan.isolation')}>
          <IsolationText {...plan.isolation} />
        </Section>
      ) : null}
      <Section title={t('plan.cost')}>
        <p>
          <CostText cost={plan.cost} />
        </p>
      </Section>
      {plan.assumptions.length > 0 ? (
        <Section title={t('plan.assumptions')}>
          <SaidList items={plan.assumptions} />
        </Section>
      ) : null}
      <Section
        title={t('plan.files')}
        description={t('plan.filesText', {
          number: count(plan.files.length),
          size: formatBytes(bytes, locale),
        })}
      >
        <FileBrowser files={plan.files} />
      </Section>
      <p className={layout.small} title={plan.planDigest}>
        {t('plan.digest', { digest: plan.planDigest.slice(0, 12) })}
      </p>
    </>
  );
}
