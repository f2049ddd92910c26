import type { ReactNode } from 'react';
import styles from './cardList.module.css';

/** What {@link CardList} takes. @public */
export interface CardListProps {
  /** {@link CardItem}s, the most urgent first. */
  children: ReactNode;
  /** Where all of them are, and what else there is to do. */
  foot: ReactNode;
}

/** A few things in a card of somebody's home page. @public */
export function CardList({ children, foot }: CardListProps) {
  return (
    <div className={styles.widget}>
      <ul className={styles.items}>{children}</ul>
      <div className={styles.foot}>{foot}</div>
    </div>
  );
}

/** What {@link CardItem} takes. @public */
export interface CardItemProps {
  /** Its name, which leads to it. */
  name: ReactNode;
  /** How it stands. */
  children: ReactNode;
}

/** One of a {@link CardList}. @public */
export function CardItem({ name, children }: CardItemProps) {
  return (
    <li className={styles.item}>
      {name}
      <span className={styles.state}>{children}</span>
    </li>
  );
}
