import type { Answer, ShownItem } from '@fawkes/backstage-plugin-dojo-common';

/** What the forms of questions take. */
export interface QuestionProps {
  item: ShownItem;
  answer: Answer | undefined;
  /** What the server read a number as. */
  readAs?: string;
  onAnswer(answer: Answer | undefined): void;
}
