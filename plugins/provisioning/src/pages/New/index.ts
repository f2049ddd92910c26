export { NewPage } from './NewPage';
