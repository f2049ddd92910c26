import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
} from '@backstage/ui';
import type {
  Allowance,
  RequestAction,
} from '@fawkes/backstage-plugin-provisioning-common';
import { layout } from '@fawkes/kit-ui/values';
import { useState, type ReactElement, type ReactNode } from 'react';
import { provisioningTranslationRef } from '../../translation';
import { WhyNot } from './ActionButton';
import { Refused } from './Refused';

/** What {@link ActionDialog} takes. */
export interface ActionDialogProps {
  allowances: readonly Allowance[];
  action: RequestAction;
  /** Word on the button that opens it, and its title. */
  label: string;
  icon?: ReactElement;
  variant?: 'primary' | 'secondary' | 'tertiary';
  /** What it will do, and what it will not. */
  children: ReactNode;
  /** Word on the button that does it. */
  confirm: string;
  /** What was asked for cannot be sent as it is. */
  isIncomplete?: boolean;
  isPending: boolean;
  error: unknown;
  /** Does it; the dialog closes when it was done. */
  onConfirm: () => Promise<unknown>;
  /** It was opened or closed: what failed before is forgotten. */
  onReset: () => void;
}

/** Asks before something is done; why it is not allowed where it is not. */
export function ActionDialog({
  allowances,
  action,
  label,
  icon,
  variant = 'secondary',
  children,
  confirm,
  isIncomplete,
  isPending,
  error,
  onConfirm,
  onReset,
}: ActionDialogProps) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const [isOpen, setOpen] = useState(false);
  const allowance = allowances.find(each => each.action === action);
  if (!allowance) return null;
  if (!allowance.allowed) return <WhyNot allowance={allowance} label={label} />;

  const send = async () => {
    try {
      await onConfirm();
    } catch {
      return; // The dialog stays open and shows why.
    }
    setOpen(false);
  };

  return (
    <DialogTrigger
      isOpen={isOpen}
      onOpenChange={next => {
        onReset();
        setOpen(next);
      }}
    >
      <Button size="small" variant={variant} iconStart={icon}>
        {label}
      </Button>
      <Dialog>
        <DialogHeader>{label}</DialogHeader>
        <DialogBody>
          <div className={layout.fields}>
            {children}
            <Refused error={error} />
          </div>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" slot="close">
            {t('action.keep')}
          </Button>
          <Button
            variant="primary"
            isDisabled={isIncomplete}
            isPending={isPending}
            onPress={send}
          >
            {confirm}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
