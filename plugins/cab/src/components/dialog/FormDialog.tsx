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
import { cabTranslationRef } from '../../translation';
import styles from './dialog.module.css';

/** What {@link FormDialog} takes. */
export interface FormDialogProps {
  /** Word on the button that opens it, and its title. */
  title: string;
  size?: 'small' | 'medium';
  /** Its form, begun anew each time it opens; `done` closes it. */
  children: (done: () => void) => ReactNode;
}

/** A button that opens a form. */
export function FormDialog({
  title,
  size = 'medium',
  children,
}: FormDialogProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button size={size} variant="secondary">
        {title}
      </Button>
      <Dialog>
        <DialogHeader>{title}</DialogHeader>
        {isOpen ? children(() => setOpen(false)) : null}
      </Dialog>
    </DialogTrigger>
  );
}

/** What {@link DialogForm} takes. */
export interface DialogFormProps {
  /** Sent; whoever hears it says what is missing. */
  onSubmit: () => void;
  /** It is being sent, or why it could not be. */
  sending: { error: Error | null; isPending: boolean };
  /** What could not be done, e.g. "It could not be sent". */
  failed: string;
  /** Word on the button that sends. */
  send: string;
  /** Its fields. */
  children: ReactNode;
}

/** A form in a {@link FormDialog}. */
export function DialogForm({
  onSubmit,
  sending,
  failed,
  send,
  children,
}: DialogFormProps) {
  const { t } = useTranslationRef(cabTranslationRef);
  return (
    <form
      className={styles.form}
      // Says what is wrong itself, in the language of the app.
      noValidate
      onSubmit={event => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <DialogBody>
        <div className={layout.stack}>
          {children}
          {sending.error ? (
            <ErrorState title={failed} error={sending.error} />
          ) : null}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          {t('evidence.cancel')}
        </Button>
        <Button type="submit" variant="primary" isPending={sending.isPending}>
          {send}
        </Button>
      </DialogFooter>
    </form>
  );
}
