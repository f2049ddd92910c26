export { ExamLabPage, LabPage } from './LabPage';
