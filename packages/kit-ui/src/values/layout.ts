import styles from './layout.module.css';

/**
 * How pages are laid out, as class names: things below and beside each other, lists
 * of things, facts with their names, fields, and what is said when it changes.
 * @public
 */
export const layout: Readonly<
  Record<
    | 'page'
    | 'stack'
    | 'tight'
    | 'row'
    | 'spread'
    | 'quiet'
    | 'small'
    | 'inline'
    | 'number'
    | 'code'
    | 'items'
    | 'item'
    | 'rows'
    | 'points'
    | 'facts'
    | 'invalid'
    | 'fields'
    | 'told'
    | 'narrow',
    string
  >
> = styles as never;
