export { Runner } from './Runner';
export { StartButton } from './StartButton';
export { useFraction } from './useFraction';
export { QuizPage } from './QuizPage';
