import type { messages } from './messages';

/** The same texts in German; a missing one does not compile. */
export const messagesDe: Record<keyof typeof messages, string> = {
  'state.loading': 'Wird geladen',
  'state.asOf': 'Fakten bis {{time}}, {{ago}}.',
  'state.updating': 'Die neue Ansicht wird geladen …',
  'state.updateFailed':
    'Die letzte Aktualisierung schlug fehl; dies sind ältere Zahlen.',
  'state.error.title': 'Das konnte nicht geladen werden',
  'state.error.retry': 'Noch einmal versuchen',
  'state.error.forbidden':
    'Sie dürfen das nicht sehen. Fragen Sie die Eigentümer oder wählen Sie etwas anderes.',
  'state.error.missing':
    'Das gibt es nicht, oder Sie dürfen es nicht sehen. Prüfen Sie die Adresse oder wählen Sie etwas anderes.',
  'state.error.unreachable':
    'Das Backend antwortet nicht. Vielleicht startet es gerade neu: versuchen Sie es gleich noch einmal.',
  'state.sample.badge': 'Beispieldaten',
  'state.sample.text':
    'Einige dieser Zahlen stammen aus der erfundenen Beispielorganisation, damit es etwas zu sehen gibt, bevor Ihre eigenen Fakten eintreffen.',
  'state.sample.remove': 'So entfernen Sie sie',

  'chart.viewAsTable': 'Als Tabelle',
  'chart.downloadCsv': 'CSV herunterladen',

  'scope.title': 'Bereich',
  'scope.button': 'Bereich: {{scope}}',
  'scope.everything': 'Alles',
  'scope.several': '{{first}} und {{number}} weitere',
  'scope.search': 'Dienst, System, Domäne oder Gruppe finden',
  'scope.reset': 'Alles, was ich sehen darf',
  'scope.none': 'Im Katalog gibt es nichts mit diesem Namen.',
  'scope.failed':
    'Der Katalog antwortet nicht; versuchen Sie es gleich noch einmal.',
  'scope.more': '{{number}} weitere: tippen Sie, um einzugrenzen.',

  'window.title': 'Zeitraum',
  'window.days': '{{number}} Tage',
  'window.months': '{{number}} Monate',
  'window.more': 'Andere Zeiträume',
  'window.choose': 'Daten wählen',
  'window.custom': '{{from}} – {{to}}',
  'window.first': 'Erster Tag',
  'window.last': 'Letzter Tag',
  'window.apply': 'Diesen Zeitraum zeigen',
  'window.invalid': 'Der erste Tag muss vor dem letzten liegen.',

  'zone.title': 'Zeitzone',
  'zone.search': 'Zeitzone finden',

  'format.perDay': '/Tag',
  'format.perWeek': '/Woche',
  'format.perMonth': '/Monat',

  'value.unknown': 'k. A.',
  'value.opensNewTab': 'Öffnet sich in einem neuen Tab',

  'copy.button': 'Kopieren',
  'copy.label': 'Kopieren: {{what}}',
  'copy.done': 'Kopiert.',
  'copy.failed': 'Das Kopieren gelang nicht; bitte den Text markieren.',

  'decide.reason': 'Grund',
  'decide.required': 'nötig',
  'decide.reasonHint': 'Was die anderen wissen sollten, in einem Satz.',
  'decide.reasonMissing':
    'Nennen Sie einen Grund mit mindestens {{minimum}} Buchstaben.',
  'decide.cancel': 'Abbrechen',

  'way.label': 'Wo Sie sind',

  'step.done': 'erledigt',
  'step.current': 'im Gange',
  'step.failed': 'fehlgeschlagen',
  'step.waiting': 'noch offen',
};
