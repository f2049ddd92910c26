import { Button, DialogTrigger } from '@backstage/ui';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { ReasonDialog } from '@fawkes/kit-ui/states';
import { useState } from 'react';
import type { CabApi } from '../../api';
import { useCommand } from '../../hooks';

/** What {@link ReasonAction} takes. */
export interface ReasonActionProps {
  /** Word on the button that opens it, its title, and on the button that does it. */
  label: string;
  /** What it changes, and who reads the reason. */
  explanation: string;
  errorTitle: string;
  send: (api: CabApi, reason: string) => Promise<Change>;
}

/** A button that asks for a reason before it does something. */
export function ReasonAction({
  label,
  explanation,
  errorTitle,
  send,
}: ReasonActionProps) {
  const [isOpen, setOpen] = useState(false);
  const command = useCommand(send, () => setOpen(false));
  return (
    <DialogTrigger
      isOpen={isOpen}
      onOpenChange={next => {
        command.reset();
        setOpen(next);
      }}
    >
      <Button variant="secondary">{label}</Button>
      <ReasonDialog
        title={label}
        explanation={explanation}
        choices={[{ id: 'do', label }]}
        maximum={2_000}
        action={label}
        error={command.error}
        errorTitle={errorTitle}
        isSaving={command.isPending}
        onDecide={({ reason }) => command.mutate(reason)}
      />
    </DialogTrigger>
  );
}
