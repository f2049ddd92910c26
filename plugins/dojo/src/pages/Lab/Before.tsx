import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Lab } from '@fawkes/backstage-plugin-dojo-common';
import { Section } from '@fawkes/kit-ui/values';
import { dojoTranslationRef } from '../../translation';
import styles from './Lab.module.css';
import { Needs } from './Needs';
import { StartButton } from './StartButton';

/** A lab before it is begun: what there is to do, and whether it can be done here. */
export function Before({ lab }: { lab: Lab }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <Section title={t('lab.steps')}>
      <ol lang={lab.locale} className={styles.preview}>
        {lab.steps.map(({ id, title }) => (
          <li key={id}>{title}</li>
        ))}
      </ol>
      <p className={styles.quiet}>
        {t('quiz.pass', {
          required: String(lab.required),
          total: String(lab.total),
          percent: lab.passPercent,
        })}{' '}
        · {t('lab.private')}
      </p>
      <Needs lab={lab} />
      {lab.keepsProgress && lab.needs.length === 0 ? (
        <StartButton lab={lab} label={t('lab.start')} />
      ) : null}
      {lab.keepsProgress ? null : <p>{t('lab.guest')}</p>}
    </Section>
  );
}
