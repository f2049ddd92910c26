export { BeltPage } from './BeltPage';
export { ExamPage } from './ExamPage';
