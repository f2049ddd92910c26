import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Badge, Link, Text } from '@backstage/ui';
import type {
  BeltEntry,
  ModuleEntry,
} from '@fawkes/backstage-plugin-dojo-common';
import { useFormat, useSaid } from '@fawkes/kit-ui/values';
import { RiAwardFill, RiAwardLine } from '@remixicon/react';
import { useId } from 'react';
import { StandingBadge } from '../../components/StandingBadge';
import { usePaths } from '../../hooks';
import { dojoTranslationRef } from '../../translation';
import styles from './Dojo.module.css';

/** What {@link Belt} takes. */
interface BeltProps {
  belt: BeltEntry;
  /** Language of the content. */
  locale: string;
  titleOf(slug: string): string;
}

/** A belt: what its holder can do, and the modules on the way. */
export function Belt({ belt, locale, titleOf }: BeltProps) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const id = useId();
  const paths = usePaths();
  const speak = useSaid();
  const format = useFormat();
  const { modules, planned, awardedAt, revokedAt } = belt;
  const required = modules.filter(({ optional }) => !optional);
  const done = required.filter(({ standing }) => standing === 'done').length;
  const all = required.length + planned.length;
  return (
    <li
      className={styles.belt}
      data-colour={belt.colour}
      aria-labelledby={id}
      data-open={modules.length > 0}
    >
      <div className={styles.beltHead}>
        <span className={styles.ribbon} aria-hidden />
        <div className={styles.beltTitle}>
          <Text as="h4" id={id} variant="title-x-small" weight="bold">
            <Link href={paths.belt(belt.slug)}>
              {t('belt.title', { belt: belt.title })}
            </Link>
          </Text>
          <Text as="p" variant="body-medium" color="secondary">
            <span lang={locale}>{belt.certificate}</span>
            {modules.length > 0
              ? ` · ${t('belt.modules', {
                  done: String(done),
                  all: String(all),
                })}`
              : null}
          </Text>
        </div>
        {belt.inPreparation ? (
          <Badge icon={<RiAwardLine aria-hidden size={14} />}>
            {t('belt.preparation')}
          </Badge>
        ) : null}
        {awardedAt && !revokedAt ? (
          <Badge icon={<RiAwardFill aria-hidden size={14} />}>
            {t('belt.earned', { day: format.day(awardedAt) })}
          </Badge>
        ) : null}
        {revokedAt ? (
          <Badge icon={<RiAwardLine aria-hidden size={14} />}>
            {t('belt.revoked')}
          </Badge>
        ) : null}
      </div>
      {belt.needs.length > 0 ? (
        <Alert
          status="warning"
          icon
          title={t('belt.notHere')}
          description={belt.needs
            .map(each => speak(each, each.text))
            .join('; ')}
        />
      ) : null}
      {belt.inPreparation && modules.length > 0 ? (
        <Text as="p" variant="body-medium" color="secondary">
          {t('belt.preparationWhite')}
        </Text>
      ) : null}
      {modules.length > 0 ? (
        <ol className={styles.modules}>
          {modules.map(module => (
            <Module
              key={module.id}
              module={module}
              locale={locale}
              titleOf={titleOf}
            />
          ))}
        </ol>
      ) : null}
      <div className={styles.beltMore}>
        <div>
          <Text as="p" variant="body-small" color="secondary" weight="bold">
            {t('belt.objectives')}
          </Text>
          <ul lang={locale} className={styles.lines}>
            {belt.objectives.map(text => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
        {planned.length > 0 ? (
          <div>
            <Text as="p" variant="body-small" color="secondary" weight="bold">
              {t('belt.planned')}
            </Text>
            <ul className={styles.lines}>
              {planned.map(({ title, minutes }) => (
                <li key={title}>
                  <span lang={locale}>{title}</span>{' '}
                  <span className={styles.quiet}>
                    {t('minutes', { count: minutes })}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        ) : null}
      </div>
    </li>
  );
}

function Module({
  module,
  locale,
  titleOf,
}: {
  module: ModuleEntry;
  locale: string;
  titleOf(slug: string): string;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const paths = usePaths();
  return (
    <li className={styles.module}>
      <div className={styles.moduleText}>
        <Link href={paths.module(module.slug)} weight="bold">
          <span lang={locale}>{module.title}</span>
        </Link>
        <Text as="p" variant="body-medium" color="secondary">
          <span lang={locale}>{module.summary}</span>
        </Text>
        <Text as="p" variant="body-small" color="secondary">
          {[
            t('minutes', { count: module.minutes }),
            t('module.parts', {
              done: String(module.parts.done),
              all: String(module.parts.all),
            }),
            ...(module.optional ? [t('module.optional')] : []),
            ...(module.after.length > 0
              ? [
                  t('module.after', {
                    modules: module.after.map(titleOf).join(', '),
                  }),
                ]
              : []),
          ].join(' · ')}
        </Text>
      </div>
      <StandingBadge standing={module.standing} />
    </li>
  );
}
