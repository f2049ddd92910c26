import type { Answer } from '@fawkes/backstage-plugin-dojo-common';

/** Whether something was answered at all. */
export function isAnswered(answer: Answer | undefined): boolean {
  if (!answer) return false;
  switch (answer.type) {
    case 'single':
      return true;
    case 'multi':
      return answer.choices.length > 0;
    case 'ordering':
      return answer.order.length > 0;
    case 'matching':
      return answer.pairs.length > 0;
    default:
      return answer.text.trim() !== '';
  }
}
