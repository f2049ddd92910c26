import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Text } from '@backstage/ui';
import type { ChangeSummary } from '@fawkes/backstage-plugin-cab-common';
import { useEntityTitles } from '@fawkes/kit-ui/query';
import { TableSkeleton } from '@fawkes/kit-ui/states';
import { Instant, layout, MaybeLink, Section } from '@fawkes/kit-ui/values';
import { Answer } from '../../components/installed';
import { usePaths } from '../../components/paths';
import {
  EnvironmentName,
  NextText,
  RiskLabel,
  SampleMark,
} from '../../components/words';
import { useWaiting } from '../../hooks';
import { cabTranslationRef } from '../../translation';

/** What the person may decide and has not: the oldest first, each with a way in. */
export function Queue() {
  const { t } = useTranslationRef(cabTranslationRef);
  return (
    <Section title={t('board.waiting')} description={t('board.waitingText')}>
      <Answer
        query={useWaiting()}
        skeleton={<TableSkeleton rows={2} label={t('state.loading')} />}
        errorTitle={t('list.loadFailed')}
      >
        {({ items, more }) =>
          items.length === 0 ? (
            <Text as="p" variant="body-medium" color="secondary">
              {t('board.nothing')}. {t('board.nothingText')}
            </Text>
          ) : (
            <div className={layout.stack}>
              <Items items={items} />
              {more ? (
                <Text as="p" variant="body-small" color="secondary">
                  {t('board.more')}
                </Text>
              ) : null}
            </div>
          )
        }
      </Answer>
    </Section>
  );
}

function Items({ items }: { items: readonly ChangeSummary[] }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const paths = usePaths();
  const titleOf = useEntityTitles(items.map(({ submitter }) => submitter));
  return (
    <ol className={layout.items} aria-label={t('board.waiting')}>
      {items.map(each => {
        const href = paths.change(each.id);
        return (
          <li key={each.id} className={layout.item}>
            <div className={layout.spread}>
              <div className={layout.tight}>
                <span className={layout.row}>
                  <strong>
                    <MaybeLink href={href}>{each.title}</MaybeLink>
                  </strong>
                  {each.sample ? <SampleMark /> : null}
                </span>
                <span className={layout.small}>
                  {each.entity.title ?? each.entity.ref} ·{' '}
                  <EnvironmentName {...each} /> ·{' '}
                  {t('board.asked', { who: titleOf(each.submitter) })} ·{' '}
                  <Instant at={each.createdAt} />
                </span>
                <span className={layout.row}>
                  <RiskLabel score={each.score} route={each.route} />
                  <span className={layout.small}>
                    <NextText next={each.next} />
                  </span>
                </span>
              </div>
              {href ? (
                <ButtonLink
                  size="small"
                  variant="secondary"
                  href={href}
                  aria-label={`${t('board.decide')}: ${each.title}`}
                >
                  {t('board.decide')}
                </ButtonLink>
              ) : null}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
