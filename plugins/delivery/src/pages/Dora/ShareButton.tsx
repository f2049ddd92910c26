import { useState } from 'react';
import { Button, DialogTrigger, Popover, Text, TextField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiShareLine } from '@remixicon/react';
import { overlays } from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';

/** Copies the address that reproduces the view. */
export function ShareButton({ link }: { link: string }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [copied, setCopied] = useState<boolean>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      // Without permission, or over plain HTTP, there is no clipboard.
      setCopied(false);
    }
  };
  return (
    <DialogTrigger
      onOpenChange={isOpen => {
        if (isOpen) copy();
        else setCopied(undefined);
      }}
    >
      <Button variant="secondary" iconStart={<RiShareLine aria-hidden />}>
        {t('share.button')}
      </Button>
      <Popover className={overlays.note} aria-label={t('share.button')}>
        <Text as="p" role="status">
          {copied === true ? t('share.copied') : null}
          {copied === false ? t('share.failed') : null}
        </Text>
        <TextField
          aria-label={t('share.failed')}
          value={link}
          isReadOnly
          onFocus={event => {
            if (event.target instanceof HTMLInputElement) event.target.select();
          }}
        />
      </Popover>
    </DialogTrigger>
  );
}
