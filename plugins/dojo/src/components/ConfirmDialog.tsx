import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
} from '@backstage/ui';
import { ErrorState } from '@fawkes/kit-ui/states';
import { layout } from '@fawkes/kit-ui/values';
import { useState, type ReactNode } from 'react';
import { dojoTranslationRef } from '../translation';

/** What {@link ConfirmDialog} takes. */
export interface ConfirmDialogProps {
  /** Word on the button that opens it, and its title. */
  open: string;
  /** Word on the button that does it. */
  action: string;
  /** What becomes of it. */
  children: ReactNode;
  /** What did not work. */
  errorTitle: string;
  /** Why; null where it worked or was not tried. */
  error: Error | null;
  isPending: boolean;
  /** Forgets what did not work before. */
  onOpen: () => void;
  onConfirm: () => Promise<unknown>;
}

/** Asks once more before something that cannot be done by accident. */
export function ConfirmDialog({
  open,
  action,
  children,
  errorTitle,
  error,
  isPending,
  onOpen,
  onConfirm,
}: ConfirmDialogProps) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const [isOpen, setOpen] = useState(false);
  const confirm = async () => {
    try {
      await onConfirm();
    } catch {
      return; // It stays open and says why.
    }
    setOpen(false);
  };
  return (
    <DialogTrigger
      isOpen={isOpen}
      onOpenChange={next => {
        if (next) onOpen();
        setOpen(next);
      }}
    >
      <Button variant="secondary">{open}</Button>
      <Dialog>
        <DialogHeader>{open}</DialogHeader>
        <DialogBody>
          <div className={layout.stack}>
            {children}
            {error ? <ErrorState title={errorTitle} error={error} /> : null}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" slot="close">
            {t('dialog.cancel')}
          </Button>
          <Button variant="primary" isPending={isPending} onPress={confirm}>
            {action}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
