export { BelowList } from './BelowList';
