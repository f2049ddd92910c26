import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Radio,
  RadioGroup,
  Text,
  TextAreaField,
} from '@backstage/ui';
import { useState, type ReactNode } from 'react';
import { kitUiTranslationRef } from '../translation';
import { ErrorState } from './ErrorState';
import styles from './dialog.module.css';

/** What was decided, and why. @public */
export interface Decision<C extends string> {
  /** Id of the choice. */
  choice: C;
  /** Without the spaces around it. */
  reason: string;
}

/** What {@link ReasonDialog} takes. @public */
export interface ReasonDialogProps<C extends string> {
  /** Names the dialog. */
  title: string;
  /** What the decision changes, and who will read the reason. */
  explanation: ReactNode;
  /** The question the choices answer; only asked where there are several. */
  question?: string;
  /** What can be decided; at least one. */
  choices: readonly { id: C; label: string }[];
  /** Chosen at first. */
  initial?: C;
  /** Characters that a reason has at least. */
  minimum?: number;
  /** Characters that a reason has at most. */
  maximum?: number;
  /** Word on the button that decides. */
  action: string;
  /** Deciding failed; the dialog stays open and says why. */
  error?: Error | null;
  /** What failed, e.g. "The decision could not be kept". */
  errorTitle?: string;
  /** It is being kept. */
  isSaving?: boolean;
  /** Decided, with a reason. */
  onDecide: (decision: Decision<C>) => void;
}

/**
 * Decides something with a reason that others can read. Stands in a
 * `DialogTrigger`, and starts afresh each time it opens.
 * @public
 */
export function ReasonDialog<C extends string>(props: ReasonDialogProps<C>) {
  return (
    <Dialog>
      <DialogHeader>{props.title}</DialogHeader>
      <ReasonForm {...props} />
    </Dialog>
  );
}

function ReasonForm<C extends string>({
  explanation,
  question,
  choices,
  initial = choices[0]?.id,
  minimum = 3,
  maximum = 1_000,
  action,
  error,
  errorTitle,
  isSaving,
  onDecide,
}: ReasonDialogProps<C>) {
  const { t } = useTranslationRef(kitUiTranslationRef);
  const [choice, setChoice] = useState(initial);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const given = reason.trim();
  const isMissing = given.length < minimum;

  return (
    <form
      className={styles.form}
      // Says what is wrong itself, in the language of the app.
      noValidate
      onSubmit={event => {
        event.preventDefault();
        setTried(true);
        if (!isMissing) onDecide({ choice, reason: given });
      }}
    >
      <DialogBody>
        <div className={styles.fields}>
          <Text as="p" variant="body-medium">
            {explanation}
          </Text>
          {choices.length > 1 ? (
            <RadioGroup
              label={question}
              value={choice}
              onChange={value => {
                const chosen = choices.find(({ id }) => id === value);
                if (chosen) setChoice(chosen.id);
              }}
            >
              {choices.map(({ id, label }) => (
                <Radio key={id} value={id}>
                  {label}
                </Radio>
              ))}
            </RadioGroup>
          ) : null}
          <TextAreaField
            label={t('decide.reason')}
            description={t('decide.reasonHint')}
            isRequired
            secondaryLabel={t('decide.required')}
            validationBehavior="aria"
            maxLength={maximum}
            value={reason}
            onChange={setReason}
            isInvalid={tried && isMissing}
          />
          {tried && isMissing ? (
            <p role="alert" className={styles.invalid}>
              {t('decide.reasonMissing', { minimum: String(minimum) })}
            </p>
          ) : null}
          {error ? <ErrorState title={errorTitle} error={error} /> : null}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          {t('decide.cancel')}
        </Button>
        <Button type="submit" variant="primary" isPending={isSaving}>
          {action}
        </Button>
      </DialogFooter>
    </form>
  );
}
