import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  ButtonLink,
  DialogTrigger,
  Popover,
  Text,
} from '@backstage/ui';
import type {
  Allowance,
  RequestAction,
} from '@fawkes/backstage-plugin-provisioning-common';
import { overlays } from '@fawkes/kit-ui/values';
import { RiLockLine } from '@remixicon/react';
import type { ReactElement } from 'react';
import { provisioningTranslationRef } from '../../translation';
import { SaidText } from '../words';

/** What {@link ActionButton} takes. */
export interface ActionButtonProps {
  /** What the person may do with the request. */
  allowances: readonly Allowance[];
  action: RequestAction;
  /** Word on the button. */
  label: string;
  icon?: ReactElement;
  variant?: 'primary' | 'secondary' | 'tertiary';
  destructive?: boolean;
  isPending?: boolean;
  /** Leads to a page; else `onPress` does it. */
  href?: string;
  onPress?: () => void;
}

/**
 * Does something with a request. Where it is not allowed the button stays in its
 * place, can be reached, and says why not and who may.
 */
export function ActionButton({
  allowances,
  action,
  label,
  icon,
  variant = 'secondary',
  destructive,
  isPending,
  href,
  onPress,
}: ActionButtonProps) {
  const allowance = allowances.find(each => each.action === action);
  if (!allowance) return null;
  if (!allowance.allowed) {
    return <WhyNot allowance={allowance} label={label} />;
  }
  if (href) {
    return (
      <ButtonLink size="small" variant={variant} iconStart={icon} href={href}>
        {label}
      </ButtonLink>
    );
  }
  return (
    <Button
      size="small"
      variant={variant}
      destructive={destructive}
      iconStart={icon}
      isPending={isPending}
      onPress={onPress}
    >
      {label}
    </Button>
  );
}

/** In the place of a button that cannot be pressed: why not. */
export function WhyNot({
  allowance,
  label,
}: {
  allowance: Allowance;
  label: string;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const title = t('allow.why', { action: label });
  return (
    <DialogTrigger>
      <Button
        size="small"
        variant="tertiary"
        iconStart={<RiLockLine aria-hidden />}
        aria-label={title}
      >
        {label}
      </Button>
      <Popover className={overlays.note} aria-label={title}>
        <WhyNotText allowance={allowance} />
      </Popover>
    </DialogTrigger>
  );
}

/** Why something cannot be done, and who may. */
export function WhyNotText({ allowance }: { allowance: Allowance }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <>
      <Text as="p" variant="body-medium">
        {allowance.reason ? (
          <SaidText said={allowance.reason} />
        ) : (
          t('allow.not')
        )}
      </Text>
      <Text as="p" variant="body-small" color="secondary">
        {t('allow.who')} <SaidText said={allowance.who} />
      </Text>
    </>
  );
}
