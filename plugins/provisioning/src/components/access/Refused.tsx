import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import {
  refusalOf,
  specDifferenceSchema,
  type Refusal,
} from '@fawkes/backstage-plugin-provisioning-common';
import { differenceWords } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { saidSchema } from '@fawkes/kit-contract';
import { useEntityTitles } from '@fawkes/kit-ui/query';
import { ErrorState } from '@fawkes/kit-ui/states';
import { layout, MaybeLink } from '@fawkes/kit-ui/values';
import { z } from 'zod';
import { provisioningTranslationRef } from '../../translation';
import { usePaths } from '../paths';
import { SaidList, SaidText } from '../words';

/** What {@link Refused} takes. */
export interface RefusedProps {
  /** What a command threw; nothing is drawn without. */
  error: unknown;
  /** What was wanted, e.g. "It could not be deployed". */
  title?: string;
}

/** Why a command was refused, in words, with what the person needs to go on. */
export function Refused({ error, title }: RefusedProps) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  if (!error) return null;
  const refusal = refusalOf(error);
  if (!refusal) {
    return (
      <ErrorState
        title={title}
        error={error}
        saying={said => <SaidText said={said} />}
      />
    );
  }
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={title ?? t('refused.title')}
      description={<Because refusal={refusal} />}
    />
  );
}

const holders = z.array(z.object({ who: z.string(), count: z.number() }));
const quotas = z.union([
  z.object({ holders }).transform(({ holders: all }) => all),
  z
    .array(z.object({ holders }))
    .transform(all => all.flatMap(each => each.holders)),
]);

/** Reads one of the details; what does not fit is as if it were not there. */
function read<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

function Because({ refusal }: { refusal: Refusal }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const paths = usePaths();
  const { code, state, details } = refusal;
  const owner = read(z.string(), details.owner);
  const commit = read(z.string(), details.commit);
  const id = read(z.string(), details.id);
  const held = read(quotas, details.quota) ?? [];
  const titleOf = useEntityTitles([
    ...(owner ? [owner] : []),
    ...held.map(({ who }) => who),
  ]);
  const differences =
    read(z.array(specDifferenceSchema), details.differences) ?? [];
  return (
    <div className={layout.stack}>
      <p>
        {t(`refused.${code}`)}
        {owner ? ` ${t('refused.owner', { owner: titleOf(owner) })}` : null}
        {state && code === 'WRONG_STATE'
          ? ` ${t('refused.state', { state: t(`request.${state}`) })}`
          : null}{' '}
        {id ? (
          <MaybeLink href={paths.request(id)}>{t('refused.look')}</MaybeLink>
        ) : null}
      </p>
      {commit ? (
        <p>{t('refused.commit', { commit: commit.slice(0, 10) })}</p>
      ) : null}
      <SaidList items={differences.map(differenceWords)} />
      <SaidList items={read(z.array(saidSchema), details.dependants) ?? []} />
      {held.length > 0 ? (
        <ul className={layout.points}>
          {held.map(({ who, count }) => (
            <li key={who}>
              {t('refused.holder', {
                who: titleOf(who),
                number: String(count),
              })}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
