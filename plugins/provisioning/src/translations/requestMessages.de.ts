import type { requestMessages } from './requestMessages';

export const requestMessagesDe: Record<keyof typeof requestMessages, string> = {
  'request.loadFailed': 'Die Anfrage konnte nicht geladen werden',
  'request.part.overview': 'Überblick',
  'request.part.releases': 'Releases',
  'request.part.logs': 'Logs',
  'request.part.changes': 'Änderungen',
  'request.part.access': 'Rechte',
  'request.entity': 'Name',
  'request.requester': 'Angefragt von',
  'request.created': 'Angefragt',
  'request.next.failed':
    'Was angelegt wurde, steht unten. Ein neuer Versuch macht dort weiter und legt nichts doppelt an; oder bauen Sie es ab.',
  'request.next.needs_person':
    'Bitte ansehen, was der Schritt sagt, es beheben und neu versuchen: Zuerst wird nachgesehen, nichts wird blind gesendet.',
  'request.next.destroy_incomplete':
    'Was noch da ist, steht unten. Ein neues Abbauen macht dort weiter.',
  'request.endsAt': 'Er wird von selbst abgebaut:',
  'request.endsLater': 'Er endet von selbst, nachdem die Übung zu Ende ist.',
  'request.findings': 'In dem gefunden, was gepusht wurde',
  'request.things': 'Was es deswegen gibt',
  'request.thingsText':
    'Jeweils mit seiner Herkunft und dem, was die Rücknahme bedeutet.',
  'request.noThings': 'Noch nichts.',
  'request.remained': 'Was geblieben ist',
  'request.nothingLeft': 'Nichts davon ist noch da.',
  'request.openEntity': 'Seite im Katalog öffnen',
  'request.openDelivery': 'Ansehen, wie geliefert wird',

  'run.now': '{{what}}: läuft',
  'run.last': '{{what}}: letzter Lauf',
  'run.by': 'von',
  'run.loadFailed': 'Die Schritte konnten nicht geladen werden',
  'run.progress': 'Fortschritt',
  'run.ended': '{{done}} von {{all}} Schritten sind zu Ende.',
  'run.effects': 'Schritte',
  'run.noEffects': 'Er hat keine Schritte.',
  'run.earlier': 'Frühere Läufe',
  'run.cancelling': 'Er wird abgebrochen',
  'run.cancellingText':
    'Was gesendet wurde, kommt binnen einer Minute zu seinem Ende; nichts weiter wird begonnen, nichts wird zurückgenommen.',

  'action.all': 'Was getan werden kann',
  'action.keep': 'Jetzt nicht',
  'action.retry': 'Neu versuchen',
  'action.cancel': 'Abbrechen',
  'action.start': 'Starten',
  'action.stop': 'Anhalten',
  'action.update': 'Ändern',
  'action.destroy': 'Abbauen',
  'action.deploy': 'Ausbringen',
  'action.deployDo': 'Ausbringen',
  'action.deployText':
    'Bringt den neuesten Commit von main mit grünem Build aus. Wird er nicht gesund, kommt das vorige gesunde Release von selbst zurück.',
  'action.commit': 'Ein anderer Commit',
  'action.commitText': 'Alle 40 oder 64 Stellen; leer bedeutet: der neueste.',
  'action.commitWrong': 'Ein Commit hat 40 oder 64 Stellen aus 0-9 und a-f.',
  'action.rollback': 'Zurückgehen',
  'action.rollbackDo': 'Dorthin zurückgehen',
  'action.rollbackPrevious':
    'Das vorige gesunde Release läuft wieder, unter derselben Adresse.',
  'action.rollbackData':
    'Was ein Release mit Daten getan hat, wird nicht zurückgenommen.',

  'service.title': 'Laufender Dienst',
  'service.since': 'seit',
  'service.library':
    'Eine Bibliothek wird getestet und gepackt, nie gestartet.',
  'service.notHere': 'Auf diesem Portal läuft nichts davon.',
  'service.soon': 'Noch nicht gestartet.',
  'service.not': 'Er wurde nie gestartet.',
  'service.addressLater': '{{address}} (wenn er läuft)',
  'service.release': 'Release {{release}}',

  'code.title': 'Code',
  'code.clone': 'Befehl zum Klonen',
  'code.token': 'Git-Passwort holen',
  'code.tokenAgain': 'Ein weiteres holen',
  'code.tokenText':
    'Git fragt nach Benutzer und Passwort. Das Passwort gilt für dieses Repository und nur für Sie.',
  'code.tokenFailed': 'Es gibt kein Passwort',
  'code.once': 'Es wird nur jetzt gezeigt: bitte kopieren.',
  'code.push': 'Damit dürfen Sie holen und pushen.',
  'code.pull': 'Damit dürfen Sie holen.',
  'code.until': 'Es gilt bis',
  'code.user': 'Benutzer',
  'code.password': 'Passwort',

  'release.title': 'Releases',
  'release.text':
    'Was ausgebracht wurde, das Neueste zuerst. Was gesund war, kann wiederkommen.',
  'release.none': 'Noch wurde nichts ausgebracht',
  'release.noneText': 'Der erste Push mit grünem Build wird ausgebracht.',
  'release.elsewhere':
    'Dieses Portal bringt ihn nicht aus: Das tut Argo CD oder die Pipeline.',
  'release.waiting':
    'Commit {{commit}} wartet und wird ausgebracht, wenn der Lauf zu Ende ist.',
  'release.current': 'In Gebrauch',
  'release.back': 'Dorthin zurückgehen',
  'release.backText':
    'Commit {{commit}} läuft wieder, unter derselben Adresse. Wird er nicht gesund, muss jemand nachsehen.',
  'release.digest': 'Artefakt {{digest}}',

  'logs.service': 'Protokoll des Dienstes',
  'logs.serviceText': 'Was der laufende Dienst schreibt.',
  'logs.build': 'Build-Protokoll',
  'logs.buildText':
    'Was Installieren und Testen beim letzten Mal geschrieben haben.',
  'logs.noBuild': 'Hier wurde nichts gebaut.',

  'drift.title': 'Noch wie geschrieben?',
  'drift.text':
    'Verglichen wird nur, worum sich das Portal kümmert: Workflow, Basis des Images, Annotationen, Schutz des Zweigs.',
  'drift.loadFailed': 'Es konnte nicht verglichen werden',
  'drift.files': 'Verglichene Dateien',
  'drift.update': 'Auf {{version}} ändern',

  'revision.title': 'Was angefragt wurde',
  'revision.text': 'Jeder angenommene Stand, der neueste zuerst.',
  'revision.loadFailed': 'Die Stände konnten nicht geladen werden',
  'revision.number': 'Stand {{number}}',
  'revision.inForce': '(gilt)',

  'review.waits': 'Die Änderung auf Stand {{revision}} wartet auf Prüfung',
  'review.look': 'Ansehen',
  'review.title': 'Änderung auf Stand {{revision}}',
  'review.text':
    'Vorgeschlagen auf dem Zweig {{branch}}. Main bleibt, wie es ist, bis jemand zusammenführt.',
  'review.preparingText': 'Sie wird vorbereitet.',
  'review.elsewhere': 'Geprüft wird sie dort, wo das Repository ist',
  'review.merge': 'Zusammenführen',
  'review.mergeDo': 'In main zusammenführen',
  'review.mergeText':
    'Führt in main bei {{head}} zusammen, mit Ihnen als Autor. Danach wird gebaut und ausgebracht.',
  'review.mergeConflicts':
    'Dateien im Konflikt behalten, was Menschen schrieben; was die Vorlage will, steht im Text des Vorschlags.',
  'review.stale':
    'Bitte diesen Dialog schließen: Der Unterschied wird neu geladen.',
  'review.conflicts_one': '{{count}} Datei steht im Konflikt',
  'review.conflicts_other': '{{count}} Dateien stehen im Konflikt',
  'review.conflictsText':
    'Menschen und Vorlage haben dieselbe Stelle geändert. Diese Dateien bleiben, wie Menschen sie schrieben; was Sie von der Vorlage wollen, bitte von Hand übertragen.',
  'review.noFiles': 'Sie ändert keine Datei.',
  'review.noDiff': 'Kein Text zum Vergleichen oder zu viel davon.',
  'review.diffOf': 'Unterschied von {{path}}',
  'review.change.added': 'Neu',
  'review.change.changed': 'Geändert',
  'review.change.removed': 'Entfernt',
  'review.change.conflict': 'Konflikt',

  'access.title': 'Wer was darf',
  'access.text': 'Rechts steht, was für Sie gilt, jetzt.',
  'access.yes': 'Sie dürfen',
  'access.no': 'Sie dürfen nicht',
  'access.action.see': 'Ansehen',
  'access.action.update': 'Ändern',
  'access.action.deploy': 'Ausbringen',
  'access.action.rollback': 'Zu einem früheren Release zurückgehen',
  'access.action.merge': 'Eine geprüfte Änderung zusammenführen',
  'access.action.cancel': 'Einen Lauf abbrechen',
  'access.action.retry': 'Neu versuchen',
  'access.action.start': 'Starten',
  'access.action.stop': 'Anhalten',
  'access.action.destroy': 'Abbauen',
  'access.action.force': 'Abbauen, obwohl andere davon abhängen',
  'access.action.purge': 'Das Repository endgültig löschen',
  'access.action.forget': 'Aufgeben, was noch da ist',
  'access.action.transfer': 'Übergeben',
  'access.action.accept_transfer': 'Übernehmen',
  'access.action.attic': 'Das aufbewahrte Repository holen',
  'access.action.pull': 'Klonen und holen',
  'access.action.push': 'Pushen',

  'transfer.title': 'Übergeben',
  'transfer.text':
    'Eine andere Gruppe übernimmt ihn, sobald jemand von dort annimmt.',
  'transfer.offer': 'Einer Gruppe anbieten',
  'transfer.offerDo': 'Anbieten',
  'transfer.offerText':
    'Bis zur Annahme bleibt er Ihrer. Danach darf Ihre Gruppe ihn nicht mehr ändern.',
  'transfer.to': 'Gruppe',
  'transfer.offered': '{{owner}} bietet ihn {{to}} an',
  'transfer.answer':
    'Sie sind gefragt: Mit der Annahme gehört er Ihrer Gruppe.',
  'transfer.waits': 'Er wechselt den Eigentümer, sobald dort jemand annimmt.',
  'transfer.accept': 'Annehmen',
  'transfer.refuse': 'Ablehnen',

  'forget.title': 'Den Rest aufgeben',
  'forget.text':
    'Für das, was sich nicht abbauen lässt. Die Plattformgruppe sieht es weiter, und der Name bleibt vergeben.',
  'forget.open': 'Aufgeben',
  'forget.do': 'Aufgeben',
  'forget.explain':
    'Das Portal versucht nicht mehr, abzubauen, was von {{name}} noch da ist. Ihre Begründung bleibt dabei.',

  'attic.title': 'Das aufbewahrte Repository',
  'attic.text': 'Alle Zweige in einer Datei, dreißig Tage lang.',
  'attic.get': 'Herunterladen',
  'attic.failed': 'Es konnte nicht geholt werden',
  'attic.got': '{{file}} ({{size}}) wurde gespeichert.',
  'attic.until': 'Aufbewahrt bis',
  'attic.open': 'Zum Hineinsehen:',

  'update.title': '{{name}} ändern',
  'update.text':
    'Das Formular beginnt mit dem jetzigen Stand. Die Änderung wird zur Prüfung vorgeschlagen; nichts ändert sich, bevor jemand sie zusammenführt.',
  'update.make': 'Diese Änderung vorschlagen',
  'update.not': 'Sie können ihn gerade nicht ändern',
  'update.stale': 'Er wurde geändert, seit Sie dieses Formular öffneten',
  'update.template': '{{name}} geht damit von {{from}} auf {{to}}',
  'update.sameTemplate': '{{name}} {{version}} ist die neueste Vorlage',
  'update.noTemplate':
    'Dieses Portal bietet die Vorlage nicht mehr an; die jetzige wird verwendet.',
  'update.fixed':
    'Name, Eigentümer und Repository bleiben. Der Eigentümer wechselt durch Übergeben, das Übrige nur durch Neuanlegen.',

  'destroy.title': '{{name}} abbauen',
  'destroy.look': 'Ansehen',
  'destroy.loadFailed': 'Was verschwinden würde, ließ sich nicht feststellen',
  'destroy.not': 'Sie können ihn nicht abbauen',
  'destroy.dependants': 'Andere hängen davon ab',
  'destroy.goes': 'Was verschwindet',
  'destroy.goesText':
    'In dieser Reihenfolge; scheitert ein Schritt, wartet der Rest auf Sie.',
  'destroy.nothingGoes': 'Es ist nichts mehr abzubauen.',
  'destroy.commits_one': '{{count}} Commit anderer verschwindet mit',
  'destroy.commits_other': '{{count}} Commits anderer verschwinden mit',
  'destroy.commitsText':
    'Sie werden mit dem Repository dreißig Tage aufbewahrt; die Gruppe des Eigentümers kann sie holen.',
  'destroy.commitsLabel': 'Commits anderer',
  'destroy.stays': 'Was bleibt, und warum',
  'destroy.confirm': 'Sind Sie sicher?',
  'destroy.force':
    'Abbauen, obwohl andere davon abhängen oder er nicht meiner Gruppe gehört',
  'destroy.purge': 'Das Repository endgültig löschen, statt es zu archivieren',
  'destroy.type': 'Zur Bestätigung {{name}} eingeben',
  'destroy.typeText': 'Genau so, wie er geschrieben wird.',
  'destroy.failed': 'Er wurde nicht abgebaut',
  'destroy.do': '{{name}} abbauen',

  'operator.loadFailed': 'Das konnte nicht geladen werden',
  'operator.intake': 'Neue Anfragen',
  'operator.isOpen': 'Neue Anfragen werden angenommen',
  'operator.isPaused': 'Nichts Neues wird angenommen:',
  'operator.pause': 'Neue Anfragen anhalten',
  'operator.resume': 'Neue Anfragen annehmen',
  'operator.pauseText':
    'Nichts Neues wird begonnen; was es gibt, geht weiter. Alle, die anfragen, lesen Ihre Begründung.',
  'operator.resumeText':
    'Neue Anfragen werden wieder begonnen. Ihre Begründung wird vermerkt.',
  'operator.stuck': 'Steckt fest',
  'operator.stuckText':
    'Läufe, die sich lange nicht bewegt haben, und Anfragen, die einen Menschen brauchen.',
  'operator.noStuck': 'Nichts steckt fest.',
  'operator.byHand': 'Von Hand:',
  'operator.since': 'seit',
  'operator.orphans': 'Übrig geblieben',
  'operator.orphansText':
    'Was aufgegeben wurde oder draußen unser Zeichen trägt, ohne im Hauptbuch zu stehen.',
  'operator.noOrphans': 'Nichts ist übrig geblieben.',
  'operator.checks': 'Beim Start ausprobiert',
  'operator.checksText':
    'Was dieser Rechner hat, das für laufende Dienste gebraucht wird.',
  'operator.noChecks': 'Nichts wurde ausprobiert: Dienste laufen hier nicht.',
  'operator.works': 'Geht',
  'operator.fails': 'Geht nicht',
  'operator.quotas': 'Kontingente',
  'operator.noQuotas': 'Es gibt keine Kontingente.',
  'operator.quota.owner': 'Dienste einer Gruppe',
  'operator.quota.running': 'Laufende Dienste dieses Portals',
  'operator.holders': 'Wer sie hält',
  'operator.used': '{{used}} von {{limit}}',
  'operator.leases': 'Zuständigkeiten',
  'operator.leasesText':
    'Welche Replik woran arbeitet; local-host hält Repositories und Dienste ihres Rechners.',
  'operator.noLeases': 'Niemand arbeitet an etwas.',
  'operator.lease.name': 'Was',
  'operator.lease.holder': 'Bei',
  'operator.lease.token': 'Token',
  'operator.lease.until': 'Bis',
  'operator.templates': 'Entstanden aus',
  'operator.templatesText': 'Was es gibt, nach Vorlage und Version.',
  'operator.noTemplates': 'Noch gibt es nichts.',
  'operator.made_one': '{{count}} Dienst',
  'operator.made_other': '{{count}} Dienste',
  'operator.rateCard': 'Preisliste',
  'operator.card': 'Version {{version}}, gültig ab',
  'operator.hourly': '{{amount}} je Stunde',
  'operator.noCard':
    'Es gibt keine, also sind alle Kosten unbekannt. Sie steht in provisioning.rateCard der Konfiguration.',

  'home.title': 'Meine Anfragen und Dienste',
  'home.open': 'Öffnen',
  'home.all_one': '{{count}} Anfrage',
  'home.all_other': 'Alle {{count}} Anfragen',

  'entity.none': 'Das ist nicht hier entstanden',
  'entity.noneText':
    'Dienste, die mit einer Vorlage dieses Portals entstanden sind, zeigen hier, wie sie laufen.',
  'entity.open': 'Alles dazu',
  'entity.changes': 'Änderungen',
};
