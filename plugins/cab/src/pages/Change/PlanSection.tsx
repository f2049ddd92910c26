import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { Instant, layout, MaybeLink, Section } from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/paths';
import { partsOf } from '../../components/plan';
import { cabTranslationRef } from '../../translation';
import own from './Change.module.css';

/** What shall be shipped, why, how it goes there and back. Text of people stays text. */
export function PlanSection({ change }: { change: Change }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const paths = usePaths();
  const plan = partsOf(change.description);
  const parts = (['why', 'how', 'back'] as const).filter(part => plan[part]);
  const { window } = change;
  return (
    <Section title={t('plan.title')}>
      <div className={layout.stack}>
        {/* The heading of the page is cut off where it is long and the screen narrow. */}
        <p className={own.text}>{change.title}</p>
        {parts.length === 0 ? (
          <Text as="p" variant="body-medium" color="secondary">
            {t('plan.nothing')}
          </Text>
        ) : null}
        {parts.map(part => (
          <div key={part} className={layout.tight}>
            <strong>{t(`plan.${part}`)}</strong>
            <p className={own.text}>{plan[part]}</p>
          </div>
        ))}
        <dl className={layout.facts}>
          <div>
            <dt>{t('plan.commit')}</dt>
            <dd className={layout.code}>{change.headSha}</dd>
          </div>
          {change.artifactDigest ? (
            <div>
              <dt>{t('plan.artifact')}</dt>
              <dd className={layout.code}>{change.artifactDigest}</dd>
            </div>
          ) : null}
          <div>
            <dt>{t('plan.window')}</dt>
            <dd>
              {window ? (
                <MaybeLink href={paths.calendar(window.from)}>
                  <Instant at={window.from} /> – <Instant at={window.to} />
                </MaybeLink>
              ) : (
                t('plan.noWindow')
              )}
            </dd>
          </div>
          <div>
            <dt>{t('plan.type')}</dt>
            <dd>{t(`type.${change.type}`)}</dd>
          </div>
          <div>
            <dt>{t('change.revision')}</dt>
            <dd>{change.revision}</dd>
          </div>
        </dl>
      </div>
    </Section>
  );
}
