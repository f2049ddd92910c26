import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Mine } from '@fawkes/backstage-plugin-dojo-common';
import { EntityName } from '@fawkes/kit-ui/query';
import { Instant, layout, Section } from '@fawkes/kit-ui/values';
import { dojoTranslationRef } from '../../translation';

/** Who looked at what the person has done. */
export function Looks({ looks }: Pick<Mine, 'looks'>) {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <Section title={t('looks.title')} description={t('looks.text')}>
      {looks.length === 0 ? (
        <p>{t('looks.none')}</p>
      ) : (
        <ul className={layout.rows}>
          {looks.map(({ at, by, group }, index) => (
            <li key={index}>
              <span>
                <EntityName entityRef={by} /> · <EntityName entityRef={group} />
              </span>
              <span className={layout.small}>
                <Instant at={at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
