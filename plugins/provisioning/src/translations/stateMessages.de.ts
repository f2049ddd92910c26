import type { stateMessages } from './stateMessages';

export const stateMessagesDe: Record<keyof typeof stateMessages, string> = {
  'request.accepted': 'Angenommen',
  'request.running': 'Entsteht gerade',
  'request.updating': 'Wird geändert',
  'request.ready': 'Bereit',
  'request.failed': 'Fehlgeschlagen',
  'request.needs_person': 'Braucht einen Menschen',
  'request.cancelled': 'Abgebrochen',
  'request.destroying': 'Wird abgebaut',
  'request.destroy_incomplete': 'Nicht ganz abgebaut',
  'request.destroyed': 'Abgebaut',
  'request.forgotten': 'Aufgegeben',

  'service.none': 'Kein Dienst',
  'service.starting': 'Startet',
  'service.healthy': 'Gesund',
  'service.unhealthy': 'Nicht gesund',
  'service.stopped': 'Angehalten',
  'stop.asked': 'Jemand hat ihn angehalten.',
  'stop.idle': 'Stundenlang hat ihn niemand aufgerufen.',
  'stop.portal_restarted': 'Das Portal wurde neu gestartet.',
  'stop.other_machine':
    'Er liegt auf einem anderen Rechner als dem, der jetzt die lokalen Dienste bedient.',
  'stop.exited':
    'Sein Prozess hat von selbst geendet; warum, steht in seinem Protokoll.',
  'stop.limit':
    'Er hat mehr verbraucht, als er darf: Speicher, Prozesse oder Platte.',
  'stop.never_healthy':
    'Sein erstes Deployment wurde nie gesund; warum, steht in seinem Protokoll.',
  'stop.switched_off':
    'Das Ausführen von Diensten auf diesem Rechner wurde abgeschaltet.',

  'effect.planned': 'Kommt noch',
  'effect.sent': 'Läuft',
  'effect.done': 'Erledigt',
  'effect.failed': 'Fehlgeschlagen',
  'effect.unknown': 'Niemand weiß es',
  'effect.skipped': 'Ausgelassen',
  'effect.undone': 'Zurückgenommen',
  'undo.exact': 'Lässt sich rückgängig machen',
  'undo.compensating': 'Lässt sich rückgängig machen; eine Spur bleibt',
  'undo.keep': 'Bleibt',
  'origin.created': 'Hier angelegt',
  'origin.adopted': 'War schon da',

  'run.create': 'Anlegen',
  'run.update': 'Änderung',
  'run.deploy': 'Deployment',
  'run.rollback': 'Zurückgehen',
  'run.destroy': 'Abbauen',
  'run.state.running': 'läuft',
  'run.state.done': 'erledigt',
  'run.state.failed': 'fehlgeschlagen',
  'run.state.needs_person': 'braucht einen Menschen',
  'run.state.cancelled': 'abgebrochen',
  'run.state.superseded': 'von einem neueren beendet',

  'release.deploying': 'Wird ausgebracht',
  'release.healthy': 'Wurde gesund',
  'release.failed': 'Fehlgeschlagen',
  'release.superseded': 'Überholt',
  'release.retired': 'Stillgelegt',

  'drift.in_sync': 'Unverändert',
  'drift.changed_by_people': 'Von Menschen geändert',
  'drift.broken': 'Kaputt',
  'drift.behind_template': 'Hinter der Vorlage',
  'drift.unknown': 'Nicht bekannt',

  'review.preparing': 'Wird vorbereitet',
  'review.open': 'Wartet auf Sie',
  'review.merged': 'Zusammengeführt',
  'review.closed': 'Geschlossen',

  'proven.real-program': 'Mit den echten Programmen belegt',
  'proven.source-derived-stand-in':
    'Mit einem Ersatz nach der veröffentlichten API belegt',
  'proven.static-check': 'Nur geprüft, nie gelaufen',
  'proven.not-proven': 'Nicht belegt',

  'type.api': 'API',
  'type.web': 'Webdienst',
  'type.worker': 'Worker',
  'type.library': 'Bibliothek',
  'host.local': 'Auf diesem Portal',
  'host.github': 'GitHub',

  'state.loading': 'Wird geladen',
  'state.unknown': 'unbekannt',
  'state.failed': 'Das konnte nicht geladen werden',
  'state.notInstalled': 'Provisioning ist nicht installiert',
  'state.notInstalledText':
    'Das Backend dieses Portals kennt es nicht. Wer das Portal betreut, fügt ihm @fawkes/backstage-plugin-provisioning-backend hinzu; dann entstehen hier Dienste.',
  'state.more': 'Mehr zeigen',

  'refused.title': 'Das ging nicht',
  'refused.state': 'Der Stand ist jetzt: {{state}}.',
  'refused.WRONG_STATE': 'In diesem Zustand geht das nicht.',
  'refused.RUN_IN_PROGRESS':
    'Es läuft schon etwas. Bitte das Ende abwarten oder es abbrechen.',
  'refused.SPEC_DIFFERS':
    'Es gibt ihn schon, anders angelegt. Bitte eine Änderung beantragen oder einen anderen Namen wählen.',
  'refused.PLAN_CHANGED':
    'Was geschehen würde, hat sich geändert, seit Sie es angesehen haben. Nichts wurde getan.',
  'refused.STALE_DIGEST':
    'Jemand hat es geändert, während Sie das Formular ausfüllten. Bitte das Formular neu öffnen, um mit dem jetzigen Stand zu beginnen.',
  'refused.STALE_HEAD':
    'Der Hauptzweig ist weitergegangen, seit Sie ihn angesehen haben. Bitte zuerst den neuen Unterschied ansehen.',
  'refused.NAME_TAKEN': 'Diesen Namen hat schon jemand.',
  'refused.QUOTA_EXCEEDED':
    'Das Kontingent ist voll. Bitte etwas abbauen oder die fragen, die es halten.',
  'refused.PAUSED': 'Zurzeit wird nichts Neues angenommen.',
  'refused.HAS_DEPENDANTS':
    'Andere hängen davon ab. Nur die Plattformgruppe kann es trotzdem abbauen.',
  'refused.NO_SERVICE':
    'Es gibt keinen Dienst, der sich starten, anhalten oder ausbringen ließe.',
  'refused.NO_GREEN_BUILD':
    'Der Commit hat keinen grünen Build. Warum, steht im Build-Protokoll.',
  'refused.NO_RELEASE':
    'Es gibt kein früheres gesundes Release, zu dem man zurückgehen könnte.',
  'refused.PRACTICE_ALIVE':
    'Sie haben schon einen Dienst zum Üben. Bitte zuerst diesen abbauen.',
  'refused.NOT_AVAILABLE': 'Was es braucht, gibt es hier nicht.',
  'refused.FIXED_FIELD':
    'Das lässt sich nicht ändern. Bitte abbauen und neu anlegen oder übergeben.',
  'refused.NOT_CONFIRMED': 'Der eingegebene Name ist nicht der richtige.',
  'refused.holder': '{{who}} hält {{number}}',
  'refused.owner': 'Er gehört {{owner}}.',
  'refused.commit': 'Commit {{commit}}',
  'refused.look': 'Ansehen',

  'allow.why': '{{action}}: Warum nicht?',
  'allow.who': 'Wer darf:',
  'allow.not': 'Das geht gerade nicht.',
};
