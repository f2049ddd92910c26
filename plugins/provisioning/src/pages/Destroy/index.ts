export { DestroyPage } from './DestroyPage';
