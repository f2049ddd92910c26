export { ExceptionItem } from './ExceptionItem';
export { RequestException } from './RequestException';
