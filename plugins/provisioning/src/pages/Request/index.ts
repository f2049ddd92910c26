export { RequestPage } from './RequestPage';
export { RequestHeader } from './RequestHeader';
