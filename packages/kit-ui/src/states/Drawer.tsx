import { Dialog, DialogBody, DialogHeader } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './dialog.module.css';

/** What {@link Drawer} takes. @public */
export interface DrawerProps {
  /** Names the dialog. */
  title: string;
  /** CSS length; never wider than the window. */
  width?: string;
  /** The details. */
  children: ReactNode;
}

/**
 * Details beside the list they belong to. Stands in a `DialogTrigger`; like
 * every dialog it holds the focus, closes with Escape and gives the focus back.
 * @public
 */
export function Drawer({ title, width = '32rem', children }: DrawerProps) {
  return (
    <Dialog className={styles.drawer} width={width} height="100dvh">
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>{children}</DialogBody>
    </Dialog>
  );
}
