import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Accordion, AccordionPanel, AccordionTrigger } from '@backstage/ui';
import type { Kept as KeptKind } from '@fawkes/backstage-plugin-dojo-common';
import { SaidText } from '@fawkes/kit-ui/query';
import { Instant, layout } from '@fawkes/kit-ui/values';
import { dojoTranslationRef } from '../../translation';

/** What is kept of the person: each kind with what it is for, how long, and its newest. */
export function Kept({ kept }: { kept: KeptKind[] }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  if (kept.length === 0) return <p>{t('mine.nothing')}</p>;
  return (
    <div className={layout.stack}>
      {kept.map(({ kind, count, entries }) => (
        <Accordion key={kind}>
          <AccordionTrigger
            level={4}
            title={t(`kind.${kind}`)}
            subtitle={t('mine.count', { count })}
          />
          <AccordionPanel>
            <div className={layout.stack}>
              <p className={layout.quiet}>{t(`why.${kind}`)}</p>
              <ul className={layout.rows}>
                {entries.map(({ at, said }, index) => (
                  <li key={index}>
                    <span>
                      <SaidText said={said} />
                    </span>
                    {at ? (
                      <span className={layout.small}>
                        <Instant at={at} />
                      </span>
                    ) : null}
                  </li>
                ))}
              </ul>
              {count > entries.length ? (
                <p className={layout.quiet}>
                  {t('mine.more', { count: count - entries.length })}
                </p>
              ) : null}
            </div>
          </AccordionPanel>
        </Accordion>
      ))}
    </div>
  );
}
