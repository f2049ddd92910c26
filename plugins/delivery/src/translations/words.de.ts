import type { deliveryWords } from '@fawkes/backstage-plugin-delivery-common';
import { asMessages } from '@fawkes/kit-contract';

/** What the backend says, in German, by code. */
const texts: Record<keyof typeof deliveryWords.texts, string> = {
  'figure.no_facts': 'Zu dieser Auswahl ist noch kein Deployment angekommen',
  'figure.not_production_one':
    '{{count}} Deployment nach {{environments}} ist nicht Produktion; bitte die Umgebung in {{annotation}} nennen',
  'figure.not_production_other':
    '{{count}} Deployments nach {{environments}} sind nicht Produktion; bitte die Umgebung in {{annotation}} nennen',
  'figure.not_begun': 'Dieser Zeitraum hat noch nicht begonnen',
  'figure.before_first':
    'Das erste bekannte Deployment dieser Auswahl ist vom {{day}}, nach diesem Zeitraum',
  'figure.history_begins':
    'Die Geschichte dieser Auswahl beginnt am {{day}}, mitten im Zeitraum davor',
  'frequency.no_week':
    'Der Zeitraum enthält keine ganze Woche (Montag bis Sonntag); bitte einen längeren wählen',
  'frequency.no_gap':
    'Vor keinem Deployment in diesem Zeitraum liegt ein erfolgreiches, ab dem gemessen werden kann',
  'share.none_reached.window':
    'Im gewählten Zeitraum hat kein Deployment die Produktion erreicht',
  'share.none_reached.before':
    'Im Zeitraum davor hat kein Deployment die Produktion erreicht',
  'share.none_reached.bucket':
    'In diesem Abschnitt hat kein Deployment die Produktion erreicht',
  'lead.unknown_start.window_one':
    'Der Beginn von {{count}} Änderung im gewählten Zeitraum ist unbekannt; bitte ihre Commits senden',
  'lead.unknown_start.window_other':
    'Der Beginn von {{count}} Änderungen im gewählten Zeitraum ist unbekannt; bitte ihre Commits senden',
  'lead.unknown_start.before_one':
    'Der Beginn von {{count}} Änderung im Zeitraum davor ist unbekannt; bitte ihre Commits senden',
  'lead.unknown_start.before_other':
    'Der Beginn von {{count}} Änderungen im Zeitraum davor ist unbekannt; bitte ihre Commits senden',
  'lead.unknown_start.bucket_one':
    'Der Beginn von {{count}} Änderung in diesem Abschnitt ist unbekannt; bitte ihre Commits senden',
  'lead.unknown_start.bucket_other':
    'Der Beginn von {{count}} Änderungen in diesem Abschnitt ist unbekannt; bitte ihre Commits senden',
  'lead.unknown_branch.window_one':
    'Der erste Commit von {{count}} Pull Request im gewählten Zeitraum ist unbekannt: Er kommt aus einem Fork, oder Pushes auf seinen Branch fehlen',
  'lead.unknown_branch.window_other':
    'Der erste Commit von {{count}} Pull Requests im gewählten Zeitraum ist unbekannt: Sie kommen aus Forks, oder Pushes auf ihre Branches fehlen',
  'lead.unknown_branch.before_one':
    'Der erste Commit von {{count}} Pull Request im Zeitraum davor ist unbekannt: Er kommt aus einem Fork, oder Pushes auf seinen Branch fehlen',
  'lead.unknown_branch.before_other':
    'Der erste Commit von {{count}} Pull Requests im Zeitraum davor ist unbekannt: Sie kommen aus Forks, oder Pushes auf ihre Branches fehlen',
  'lead.unknown_branch.bucket_one':
    'Der erste Commit von {{count}} Pull Request in diesem Abschnitt ist unbekannt: Er kommt aus einem Fork, oder Pushes auf seinen Branch fehlen',
  'lead.unknown_branch.bucket_other':
    'Der erste Commit von {{count}} Pull Requests in diesem Abschnitt ist unbekannt: Sie kommen aus Forks, oder Pushes auf ihre Branches fehlen',
  'lead.no_success.window':
    'Kein erfolgreiches Deployment im gewählten Zeitraum',
  'lead.no_success.before': 'Kein erfolgreiches Deployment im Zeitraum davor',
  'lead.no_success.bucket': 'Kein erfolgreiches Deployment in diesem Abschnitt',
  'lead.no_change.window':
    'Zu keinem Deployment im gewählten Zeitraum ist eine Änderung bekannt; bitte die Commits seines Repositorys senden',
  'lead.no_change.before':
    'Zu keinem Deployment im Zeitraum davor ist eine Änderung bekannt; bitte die Commits seines Repositorys senden',
  'lead.no_change.bucket':
    'Zu keinem Deployment in diesem Abschnitt ist eine Änderung bekannt; bitte die Commits seines Repositorys senden',
  'recovery.open.window_one':
    '{{count}} fehlgeschlagenes Deployment im gewählten Zeitraum, noch nicht behoben',
  'recovery.open.window_other':
    '{{count}} fehlgeschlagene Deployments im gewählten Zeitraum, noch keines behoben',
  'recovery.open.before_one':
    '{{count}} fehlgeschlagenes Deployment im Zeitraum davor, noch nicht behoben',
  'recovery.open.before_other':
    '{{count}} fehlgeschlagene Deployments im Zeitraum davor, noch keines behoben',
  'recovery.open.bucket_one':
    '{{count}} fehlgeschlagenes Deployment in diesem Abschnitt, noch nicht behoben',
  'recovery.open.bucket_other':
    '{{count}} fehlgeschlagene Deployments in diesem Abschnitt, noch keines behoben',
  'recovery.none.window':
    'Kein fehlgeschlagenes Deployment im gewählten Zeitraum',
  'recovery.none.before': 'Kein fehlgeschlagenes Deployment im Zeitraum davor',
  'recovery.none.bucket':
    'Kein fehlgeschlagenes Deployment in diesem Abschnitt',
  'restore.open_one':
    '{{count}} Störung im gewählten Zeitraum, noch nicht behoben',
  'restore.open_other':
    '{{count}} Störungen im gewählten Zeitraum, noch keine behoben',
  'restore.none': 'Keine Störung im gewählten Zeitraum',
  'deployment.lead.seed':
    'Das erste bekannte Deployment enthält nichts: Was es brachte, war schon vorher da',
  'deployment.lead.no_success':
    'Nur erfolgreiche Deployments bringen Änderungen',
  'deployment.lead.no_method': 'Nichts sagt, welche Commits es enthält',
  'deployment.lead.no_change': 'Es brachte keine neuen Commits',
  'deployment.lead.no_time': 'Die Zeit seiner Commits ist unbekannt',
  'change.lead.no_time':
    'Niemand hat gesagt, wann sie entstanden ist; bitte den Commit senden',
  'incident.open': 'Sie ist noch offen',
  'quality.no_service': 'Diese Auswahl enthält keinen Dienst',
  'quality.no_change': 'Noch wurde in keinem Deployment eine Änderung gefunden',

  'method.seed':
    'Es ist das erste bekannte Deployment dieser Umgebung: Alles davon Erreichbare war schon ausgeliefert, also enthält es nichts',
  'method.explicit_list':
    'Gefunden durch: Der Absender hat die Commits aufgezählt',
  'method.reachability':
    'Gefunden durch: die Commits, die von seinem SHA und von keinem früheren Deployment erreichbar sind',
  'method.merge_sha':
    'Gefunden durch: Sein SHA ist der Merge-Commit eines Pull Requests',
  'method.head_sha':
    'Gefunden durch: Sein SHA ist der Kopf eines Pull Requests',
  'method.squash_map':
    'Gefunden durch: Sein Commit nennt den Pull Request, aus dem er zusammengefasst wurde',
  'method.artifact_map':
    'Gefunden durch: Sein Artefakt ist aus einem SHA gebaut, den ein anderes Deployment genannt hat',
  'method.none': 'Gefunden durch: Nichts sagt, welche Commits es enthält',
  'confidence.certain': 'sicher',
  'confidence.high': 'sehr wahrscheinlich',
  'confidence.medium': 'wahrscheinlich',
  'confidence.low': 'nicht bekannt',
  'cause.incident': '{{incident}} hängt damit zusammen',
  'cause.incident_hidden':
    'Eine Störung, die mangels Berechtigung nicht gezeigt wird, hängt damit zusammen',
  'cause.failed_later': 'Es schlug fehl, nachdem es gelungen war',
  'cause.rolled_back': 'Es wurde zurückgerollt',
  'cause.rollback_followed': 'Das nächste Deployment war ein Rollback',
  'cause.hotfix_followed': 'Das nächste Deployment war ein Hotfix',
  'cause.mark': 'Von {{by}} als fehlgeschlagen markiert',
  'recovery.by.incident_resolved': 'Alle seine Störungen sind behoben',
  'recovery.by.incident_hidden':
    'Alle seine Störungen sind behoben; die letzte wird mangels Berechtigung nicht gezeigt',
  'recovery.by.rollback': 'Ein Rollback folgte',
  'recovery.by.hotfix': 'Ein Hotfix folgte',
  'recovery.by.rolled_back': 'Es wurde selbst zurückgerollt',
  'recovery.by.next_success': 'Das nächste Deployment war erfolgreich',
  'rework.unplanned': 'Der Absender nennt es ungeplant',
  'rework.hotfix': 'Es ist ein Hotfix',
  'rework.rollback': 'Es ist ein Rollback',
  'rework.fixes_incident': 'Es wurde wegen einer Störung gemacht',

  'advice.deployments':
    'Am Ende der Pipeline ein Deployment-Ereignis senden, oder den GitHub-Webhook auf dieses Portal richten',
  'advice.not_production_one':
    '{{count}} Deployment nach {{environments}} ist nicht Produktion; bitte die Umgebung in {{annotation}} nennen',
  'advice.not_production_other':
    '{{count}} Deployments nach {{environments}} sind nicht Produktion; bitte die Umgebung in {{annotation}} nennen',
  'advice.commits':
    'Commits senden (GitHub-Push-Webhook oder die Git-Quelle), damit Durchlaufzeiten messbar sind',
  'advice.pull_requests':
    'Den Webhook auch für Pull Requests und Reviews einschalten, um zu sehen, wo Änderungen warten',
  'advice.incidents':
    'Störungen mit diesem Dienst senden, damit fehlgeschlagene Deployments gefunden werden',
  'advice.stale':
    'Seit mehr als {{days}} Tagen kam nichts; bitte prüfen, ob {{service}} noch von derselben Pipeline ausgeliefert wird',
  'incident_cause.unknown':
    'Kein Deployment, kein Commit und kein Artefakt mit diesem Namen ist bekannt; die Störung wird dem Deployment zugeschrieben, mit dem er begann',
  'incident_cause.ambiguous':
    'Mehrere Deployments mit diesem Namen sind bekannt, und keines hatte begonnen, als die Störung eröffnet wurde',
  'unmapped.incidents_in': 'Störungen in {{repository}}',
  'unmapped.incidents_from': 'Störungen von {{source}}',
  'unmapped.annotate':
    'Bei der Komponente ergänzen, die dort zu Hause ist: {{annotation}}: {{slug}}',
  'unmapped.unknown_service':
    'Der Absender nennt einen Dienst, den der Katalog nicht hat: dort eintragen oder den Absender berichtigen',
  'unmapped.several':
    'Dort sind mehrere Dienste zu Hause: den gemeinten nennen, mit `service` im Ereignis oder einer Zeile `Service:` im Issue',
  'unmapped.unplaced': '`service`, `repository` oder `causedBy` mitsenden',
  'annotation.long': 'ist länger als {{max}} Zeichen',
  'annotation.long.advice': 'Kürzen; bis dahin gilt sie als nicht vorhanden',
  'annotation.beyond':
    'steht hinter den ersten {{max}}, und mehr werden nicht gelesen',
  'annotation.beyond.advice': 'Weniger aufzählen',
  'annotation.slug': 'nennt kein Repository',
  'annotation.slug.advice': 'besitzer/name schreiben',
  'annotation.former': 'sind nicht zwei Namen mit einem Leerzeichen dazwischen',
  'annotation.former.advice':
    'Schreiben, wie das Repository hieß, ein Leerzeichen, und wie es jetzt heißt; eines je Zeile',
  'annotation.not_own':
    'endet mit einem Repository, das die anderen Annotationen dieser Entität nicht nennen',
  'annotation.not_own.advice':
    'Das Repository, wie es jetzt heißt, auch in {{annotation}} nennen',
  'annotation.environment':
    'ist länger als {{max}} Zeichen, und das ist keine Umgebung',
  'annotation.environment.advice':
    'Den Namen schreiben, mit dem Deployments gemeldet werden',
  'count_rule.long': 'ist länger als {{max}} Zeichen',
  'count_rule.long.advice': 'Mit * kürzen',
  'count_rule.form': 'ist keines von all, none, Feld=Muster und !Feld=Muster',
  'count_rule.form.advice':
    'Eines der Felder {{fields}} schreiben, dann = und was darin stehen muss, mit * für Beliebiges',
  'pattern.long': 'ist länger als {{max}} Zeichen',
  'pattern.long.advice': 'Mit * oder ** kürzen',
  'pattern.meta':
    'enthält {{meta}}, und nur *, ** und ? haben hier eine Bedeutung',
  'pattern.meta.advice':
    'Alternativen einzeln schreiben, mit Kommas dazwischen; wo ein Name {{meta}} enthält, stattdessen ? schreiben',
  'pattern.no_path':
    'passt auf keinen Pfad: Einer seiner Teile ist leer, . oder ..',
  'pattern.no_path.advice':
    'An der Wurzel des Repositorys beginnen und mit /** enden für alles unter einem Ordner: services/checkout/**',
  'backfill.stopped': 'Es hielt mit dem Backend an; bitte fortsetzen',
  'backfill.git_unreadable':
    'Die Git-Geschichte von {{names}} war nicht lesbar; das Log sagt mehr',

  'rejected.no_json': 'ist kein JSON',
  'rejected.deep': 'ist zu tief verschachtelt',
  'rejected.required': 'fehlt',
  'rejected.wrong_type':
    'Falscher Typ: erwartet war {{expected}}, gekommen ist {{received}}',
  'rejected.wrong_value': 'Falscher Wert: erwartet war {{expected}}',
  'rejected.invalid': 'Passt auf keine erlaubte Form',
  'rejected.no_option': 'Falscher Wert: Möglich sind {{options}}',
  'rejected.long': 'Zu lang: höchstens {{max}} Zeichen',
  'rejected.many': 'Zu viele: höchstens {{max}} Einträge',
  'rejected.big': 'Zu groß: höchstens {{max}}',
  'rejected.short': 'Zu kurz: mindestens {{min}} Zeichen',
  'rejected.few': 'Zu wenige: mindestens {{min}} Einträge',
  'rejected.small': 'Zu klein: mindestens {{min}}',
  'rejected.unknown_field': 'ist kein Feld dieser Art von Ereignis',
  'rejected.unknown_subject_field': 'ist kein Feld für diesen Gegenstand',
  'rejected.future': 'liegt mehr als 10 Minuten in der Zukunft',
  'rejected.order': 'liegt vor {{earlier}} ({{at}})',
  'rejected.zero': 'ist, was eine nie gestellte Uhr sagt',
  'rejected.environment': 'ist nötig, außer bei einem Widerruf',
  'rejected.terminal': 'ist beim Endzustand „{{status}}“ nötig',
  'rejected.with_sha': 'ist nötig, wenn sha gesendet wird',
  'rejected.with_commits': 'ist nötig, wenn commits gesendet wird',
  'rejected.parts':
    'steht für repository, sha und commits: nur das eine oder das andere senden',
  'rejected.instant':
    'muss ein Zeitpunkt nach ISO 8601 mit Zeitzone sein, z. B. 2026-03-01T09:00:00Z',
  'rejected.no_date':
    'ist kein Datum mit Uhrzeit, das es gibt (ab dem Jahr 1970)',
  'rejected.characters':
    'darf weder U+0000 noch ein halbes Surrogatpaar enthalten',
  'rejected.url': 'muss eine http(s)-Adresse sein',
  'rejected.entity':
    'muss eine Katalogreferenz sein, z. B. component:default/payments-api',
  'rejected.sha':
    'muss ein ganzer Git-SHA aus 40 oder 64 hexadezimalen Ziffern sein',
  'rejected.hash': 'muss ein hexadezimaler Hash sein',
  'rejected.ascii': 'muss ab 513 Zeichen reines ASCII sein',
  'rejected.blank': 'darf weder Leerraum noch Steuerzeichen enthalten',
  'rejected.repository': 'muss ein Repository nennen, z. B. acme/shop',
  'rejected.no_source':
    'Keine Quelle namens „{{source}}“ ist installiert; ihr Modul installieren und wiederholen',
  'rejected.clipped':
    'Was davon aufbewahrt ist, ist kein JSON (lange abgelehnte Ereignisse sind gekürzt); bitte erneut senden',
  'rejected.unread': 'Die Quelle konnte es nicht lesen',
  'rejected.database':
    'Die Datenbank hat es abgelehnt; das Log des Backends sagt mehr',
  'rejected.cdevents_version': 'muss CDEvents-Version 0.4 oder 0.5 sein',
  'rejected.cdevents_type':
    'muss die Form dev.cdevents.<subject>.<predicate>.<version> haben',
  'rejected.cloudevent': 'ist kein gültiges CloudEvent: {{fault}}',
  'rejected.github_event': 'fehlt: Es nennt die Art des GitHub-Ereignisses',
  'rejected.github_state': 'ist kein Zustand, den GitHub beschreibt: {{state}}',
  'rejected.pulled': 'Git-Geschichte wird geholt; niemand sendet sie',

  'window.empty':
    'Der Zeitraum ist leer: „from“ ({{from}}) muss vor „to“ ({{to}}) liegen, das nicht mehr dazugehört',
  'window.long':
    'Ein Zeitraum umfasst höchstens {{years}} Jahre; dieser hat {{days}} Tage',
  'window.instant':
    '„{{name}}“ muss ein Datum (2026-03-01) oder ein Zeitpunkt mit Zeitzone (2026-03-01T09:00:00Z) sein, nicht „{{text}}“',
  'window.zone':
    '„{{zone}}“ ist keine IANA-Zeitzone; möglich ist z. B. Europe/Berlin oder UTC',
  'bands.no_custom':
    'bands=custom braucht eine Tabelle von Schwellen in der Konfiguration; sonst geht bands=2023 oder bands=2021',
  'benchmark.no_industry':
    'DORA {{edition}} hat keine Branche „{{key}}“; möglich sind {{keys}}',
  'benchmark.no_size':
    'DORA {{edition}} hat keine Größe „{{key}}“; möglich sind {{keys}}',
  'deployment.not_found':
    'Das Deployment „{{key}}“ gibt es nicht, oder es wird mangels Berechtigung nicht gezeigt',
  'deployment.no_mark':
    'Deployments von {{service}} zu markieren verlangt die Berechtigung „{{permission}}“; meist hat sie, wem der Dienst gehört',
  'change.not_found':
    'Diese Änderung gibt es nicht, oder sie wird mangels Berechtigung nicht gezeigt',
  'source.not_found': 'Keine Quelle namens „{{source}}“ ist installiert',
  'source.only_listens':
    'Die Quelle „{{source}}“ kann keine Geschichte laden; sie hört nur zu',
  'source.running': 'Die Geschichte von „{{source}}“ wird schon geladen',

  'benchmark.over.sizes': '{{group}}, alle Größen',
  'benchmark.over.industries': '{{group}}, alle Branchen',
  'benchmark.industry.all': 'Alle Branchen',
  'benchmark.industry.consumer': 'Einzelhandel/Konsum/E-Commerce',
  'benchmark.industry.education': 'Bildung',
  'benchmark.industry.energy': 'Energie',
  'benchmark.industry.financial_services': 'Finanzdienstleistungen',
  'benchmark.industry.government': 'Öffentliche Verwaltung',
  'benchmark.industry.healthcare_pharmaceuticals': 'Gesundheit und Pharma',
  'benchmark.industry.industrials_manufacturing': 'Industrie und Fertigung',
  'benchmark.industry.insurance': 'Versicherungen',
  'benchmark.industry.media_entertainment': 'Medien und Unterhaltung',
  'benchmark.industry.non_profit': 'Gemeinnützige',
  'benchmark.industry.other': 'Andere',
  'benchmark.industry.technology': 'Technologie',
  'benchmark.industry.telecommunications': 'Telekommunikation',
  'benchmark.size.all': 'Alle Organisationen',
  'benchmark.size.fewer_than_00002': 'Allein (freiberuflich oder solo)',
  'benchmark.size.solo': '1 Person',
  'benchmark.size.fewer_than_010': '2 bis 9 Beschäftigte',
  'benchmark.size.fewer_than_10': '2 bis 9 Beschäftigte',
  'benchmark.size.fewer_than_020': '10 bis 19 Beschäftigte',
  'benchmark.size.fewer_than_100': '20 bis 99 Beschäftigte',
  'benchmark.size.fewer_than_500': '100 bis 499 Beschäftigte',
  'benchmark.size.fewer_than_1000': '500 bis 999 Beschäftigte',
  'benchmark.size.fewer_than_5000': '1.000 bis 4.999 Beschäftigte',
  'benchmark.size.fewer_than_10000': '5.000 bis 9.999 Beschäftigte',
  'benchmark.size.more_than_9999': '10.000 oder mehr Beschäftigte',
};

export const wordMessagesDe = asMessages(texts);
