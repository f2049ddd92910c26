import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Link } from '@backstage/ui';
import type { Mine } from '@fawkes/backstage-plugin-dojo-common';
import { Loaded } from '@fawkes/kit-ui/query';
import { TableSkeleton } from '@fawkes/kit-ui/states';
import { layout, Section, useFormat } from '@fawkes/kit-ui/values';
import { BesidePage } from '../../components/BesidePage';
import { useMine, usePaths } from '../../hooks';
import { dojoTranslationRef } from '../../translation';
import { Choices } from './Choices';
import { Erasure } from './Erasure';
import { Kept } from './Kept';
import { Looks } from './Looks';
import { TakeAlong } from './TakeAlong';

/** What is known about the person, who looked, and what they can do about it. */
export function MinePage() {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <BesidePage title={t('mine.title')} description={t('mine.description')}>
      <Loaded
        query={useMine()}
        skeleton={<TableSkeleton rows={6} label={t('state.loading')} />}
        errorTitle={t('mine.failed')}
      >
        {mine => <Content mine={mine} />}
      </Loaded>
    </BesidePage>
  );
}

function Content({ mine }: { mine: Mine }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const paths = usePaths();
  const format = useFormat();
  const { erasure, kept, keepsProgress, since, revokes } = mine;
  if (!keepsProgress) {
    return <Alert status="info" icon title={t('guest.note')} />;
  }
  return (
    <div className={layout.page}>
      {erasure ? (
        <Alert
          status="warning"
          icon
          title={t('erase.asked', { day: format.instant(erasure.dueAt) })}
          description={t('erase.askedText')}
        />
      ) : null}
      <Section
        title={t('mine.kept')}
        description={
          since
            ? t('mine.since', { day: format.day(since) })
            : t('mine.notSince')
        }
      >
        <Kept kept={kept} />
      </Section>
      <Looks looks={mine.looks} />
      <Choices choices={mine.choices} />
      <TakeAlong />
      {since ? <Erasure mine={mine} /> : null}
      {revokes ? (
        <Section
          title={t('revocations.title')}
          description={t('revocations.yours')}
        >
          <Link href={paths.revocations()}>{t('revocations.open')}</Link>
        </Section>
      ) : null}
    </div>
  );
}
