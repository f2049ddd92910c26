import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Badge } from '@backstage/ui';
import type { OperatorResponse } from '@fawkes/backstage-plugin-provisioning-common';
import { layout, Section } from '@fawkes/kit-ui/values';
import { provisioningTranslationRef } from '../../translation';

/** What exists, by the template it was made from. */
export function TemplatesInUse({
  templates,
}: {
  templates: OperatorResponse['templates'];
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <Section
      title={t('operator.templates')}
      description={t('operator.templatesText')}
    >
      {templates.length === 0 ? (
        <p>{t('operator.noTemplates')}</p>
      ) : (
        <ul className={layout.rows} aria-label={t('operator.templates')}>
          {templates.map(({ name, version, count }) => (
            <li key={`${name}@${version}`}>
              <span className={layout.spread}>
                <span>
                  {name} <Badge size="small">{version}</Badge>
                </span>
                <span className={layout.number}>
                  {t('operator.made', { count })}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
