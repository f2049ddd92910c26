export { DaysSelect } from './DaysSelect';
export { DialogForm, FormDialog } from './FormDialog';
