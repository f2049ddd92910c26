export { MyNextStep, MyNextStepTitle } from './MyNextStep';
