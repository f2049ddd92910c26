import type { dojoWords } from '@fawkes/backstage-plugin-dojo-common';
import { asMessages } from './words';

/** What the backend says, in German, by code. */
const texts: Record<keyof typeof dojoWords.texts, string> = {
  'module.not_found': 'Dieses Modul gibt es nicht',
  'lesson.not_found': 'Diese Lektion gibt es in diesem Modul nicht',
  'quiz.not_found': 'Dieses Quiz gibt es nicht',
  'attempt.not_found':
    'Diesen Versuch gibt es nicht, oder er gehört jemand anderem',
  'attempt.closed':
    'Dieser Versuch ist beendet; was danach kam, wurde nicht gezählt',
  'attempt.none_left': 'Alle Versuche für dieses Quiz sind verbraucht',
  'attempt.guest':
    'Gäste lesen, und nichts davon bleibt; bitte mit eigenem Namen anmelden, um ein Quiz zu machen',
  'quiz.corrective_one':
    'Bitte die Lektion noch einmal öffnen, in der beim letzten Versuch etwas fehlte; dann beginnt das Quiz von neuem',
  'quiz.corrective_other':
    'Bitte die {{count}} Lektionen noch einmal öffnen, in denen beim letzten Versuch etwas fehlte; dann beginnt das Quiz von neuem',
  'answer.unknown_item':
    'Die Antwort nennt eine Frage, die nicht zu diesem Versuch gehört',
  'answer.unknown_option':
    'Die Antwort nennt eine Auswahl, die nicht zu diesem Versuch gehört',
  'answer.twice': 'Die Antwort nennt etwas zweimal',
  'answer.kind': 'Die Antwort ist nicht von der Art, nach der gefragt ist',
  'answer.long': 'Die Antwort ist länger als {{max}} Zeichen',
  'answer.number':
    'Die Antwort wird nicht als Zahl gelesen; bitte wie 1234.5 oder 1 234,5 schreiben',
  'answer.unit': 'Die Antwort braucht eine Einheit, eine von {{units}}',
};

export const wordMessagesDe = asMessages(texts);
